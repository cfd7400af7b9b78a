using System.Net.Security;
using Google.Protobuf;

namespace Temporalio.DevServer.Tests.Support;

/// <summary>A server in this process with a client to its port.</summary>
internal sealed class InProcessServer : IAsyncDisposable
{
    public const string Workflow = "temporal.api.workflowservice.v1.WorkflowService";
    public const string Operator = "temporal.api.operatorservice.v1.OperatorService";
    public const string TestService = "temporal.api.testservice.v1.TestService";

    private readonly TestChannel channel;

    private InProcessServer(DevServer server, TestChannel channel) => (Server, this.channel) = (server, channel);

    public DevServer Server { get; }

    public static async Task<InProcessServer> StartAsync(DevServerOptions? options = null, SslClientAuthenticationOptions? tls = null)
    {
        var server = await DevServer.StartAsync(options ?? new DevServerOptions());
        var scheme = options?.Tls is null ? "http" : "https";
        return new InProcessServer(server, new TestChannel(new Uri($"{scheme}://{server.Address}"), tls));
    }

    public Task<TResponse> WorkflowAsync<TResponse>(string method, IMessage request, TimeSpan? timeout = null)
        where TResponse : class, IMessage<TResponse>, new() => CallAsync<TResponse>(Workflow, method, request, timeout);

    public Task<TResponse> OperatorAsync<TResponse>(string method, IMessage request)
        where TResponse : class, IMessage<TResponse>, new() => CallAsync<TResponse>(Operator, method, request);

    public Task<TResponse> TestAsync<TResponse>(string method, IMessage request)
        where TResponse : class, IMessage<TResponse>, new() => CallAsync<TResponse>(TestService, method, request);

    public Task<TResponse> CallAsync<TResponse>(string service, string method, IMessage request, TimeSpan? timeout = null)
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.UnaryAsync<TResponse>(service, method, request, timeout);

    public IAsyncEnumerable<TResponse> StreamAsync<TResponse>(string service, string method, IMessage request)
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.StreamAsync<TResponse>(service, method, request);

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await Server.DisposeAsync();
    }
}
