using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace GrpcWire.Tests.Support;

/// <summary>A Kestrel server on a free port of this machine, HTTP/2 only.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestHost(WebApplication app, Uri address)
    {
        this.app = app;
        Address = address;
    }

    public Uri Address { get; }

    public int Port => Address.Port;

    public static async Task<TestHost> StartAsync(
        Action<WebApplication> map, Action<KestrelServerOptions>? limits = null, Action<HttpsConnectionAdapterOptions>? https = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            limits?.Invoke(kestrel);
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (https is not null) listen.UseHttps(https);
            });
        });
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        var bound = new Uri(app.Urls.Single());
        return new TestHost(app, new Uri($"{(https is null ? "http" : "https")}://127.0.0.1:{bound.Port}"));
    }

    /// <summary>Stops at once, connections included.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
