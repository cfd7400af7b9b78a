using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GrpcWire.Tests.Support;

/// <summary>A server that does what a test says with every request, and a channel to it.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TestHost host;

    private ScriptedServer(TestHost host, GrpcChannel channel)
    {
        this.host = host;
        Channel = channel;
    }

    public GrpcChannel Channel { get; }

    public static async Task<ScriptedServer> StartAsync(RequestDelegate script, Func<Uri, GrpcChannelOptions>? options = null)
    {
        var host = await TestHost.StartAsync(app => app.Run(script));
        return new ScriptedServer(host, new GrpcChannel(options?.Invoke(host.Address) ?? new GrpcChannelOptions { Address = host.Address }));
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await host.DisposeAsync();
    }
}
