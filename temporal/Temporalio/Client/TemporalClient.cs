using Temporalio.Client.Interceptors;

namespace Temporalio.Client;

/// <summary>A client of one namespace. Thread-safe; share one, since it shares its connection.</summary>
public partial class TemporalClient : ITemporalClient
{
    /// <summary>Creates a client on a connection.</summary>
    /// <param name="connection">Connection to call through.</param>
    /// <param name="options">Options, which plugins may change here and nobody afterwards.</param>
    public TemporalClient(ITemporalConnection connection, TemporalClientOptions options)
    {
        foreach (var plugin in options.Plugins ?? [])
        {
            plugin.ConfigureClient(options);
        }
        Connection = connection;
        Options = options;
        ClientOutboundInterceptor outbound = new ClientCalls(this);
        foreach (var interceptor in (options.Interceptors ?? []).Reverse())
        {
            outbound = interceptor.InterceptClient(outbound);
        }
        OutboundInterceptor = outbound;
    }

    /// <inheritdoc />
    public ITemporalConnection Connection { get; private init; }

    /// <inheritdoc />
    public WorkflowService WorkflowService => Connection.WorkflowService;

    /// <inheritdoc />
    public OperatorService OperatorService => Connection.OperatorService;

    /// <inheritdoc />
    public TemporalClientOptions Options { get; private init; }

    /// <inheritdoc />
    public ClientOutboundInterceptor OutboundInterceptor { get; private init; }

    /// <summary>Call options that say nothing but "retry".</summary>
    protected internal static RpcOptions RetryRpcOptions { get; } = new() { Retry = true };

    /// <summary>Connects and makes a client.</summary>
    /// <param name="options">Options; the target host is required.</param>
    /// <returns>The client.</returns>
    public static async Task<TemporalClient> ConnectAsync(TemporalClientConnectOptions options)
    {
        Func<TemporalClientConnectOptions, Task<TemporalConnection>> connect =
            connectOptions => TemporalConnection.ConnectAsync(connectOptions);
        foreach (var plugin in (options.Plugins ?? []).Reverse())
        {
            var inner = connect;
            connect = connectOptions => plugin.ConnectAsync(connectOptions, inner);
        }
        var connection = await connect(options).ConfigureAwait(false);
        return new(connection, options.ToClientOptions());
    }

    /// <summary>
    /// Makes a client that connects with its first call, and again with later ones while that fails. Workers need a connected
    /// client.
    /// </summary>
    /// <param name="options">Options; the target host is required.</param>
    /// <returns>The client.</returns>
    public static TemporalClient CreateLazy(TemporalClientConnectOptions options) =>
        new(TemporalConnection.CreateLazy(options), options.ToClientOptions());

    /// <summary>Turns retries on, unless the options say something about them.</summary>
    /// <param name="origOptions">Options, which are not changed, or null.</param>
    /// <returns>Options for the call.</returns>
    protected internal static RpcOptions DefaultRetryOptions(RpcOptions? origOptions)
    {
        if (origOptions is null)
        {
            return RetryRpcOptions;
        }
        if (origOptions.Retry is not null)
        {
            return origOptions;
        }
        var options = (RpcOptions)origOptions.Clone();
        options.Retry = true;
        return options;
    }
}
