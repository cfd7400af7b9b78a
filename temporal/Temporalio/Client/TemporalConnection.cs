using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Google.Protobuf;
using Grpc.Health.V1;
using GrpcWire;
using Microsoft.Extensions.Logging;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;
using Temporalio.Runtime;

namespace Temporalio.Client;

/// <summary>A connection to a Temporal server. Thread-safe; share one. It opens again by itself after a loss.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The official type is not disposable; the finalizer closes the channel.")]
public sealed class TemporalConnection : ITemporalConnection
{
    private readonly Lock headersLock = new();
    private readonly SemaphoreSlim connecting = new(1, 1);
    private readonly GrpcChannel channel;
    private readonly RpcRetryOptions retryOptions;
    private IReadOnlyCollection<KeyValuePair<string, string>> rpcMetadata;
    private IReadOnlyCollection<KeyValuePair<string, byte[]>> rpcBinaryMetadata;
    private string? apiKey;
    private volatile RpcHeaders headers;
    private volatile GetSystemInfoResponse? systemInfo;

    private TemporalConnection(TemporalConnectionOptions options)
    {
        options.Identity ??= string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}@{Dns.GetHostName()}");
        Options = options;
        rpcMetadata = options.RpcMetadata?.ToArray() ?? [];
        rpcBinaryMetadata = options.RpcBinaryMetadata?.ToArray() ?? [];
        apiKey = options.ApiKey;
        headers = new RpcHeaders(rpcMetadata, rpcBinaryMetadata, apiKey);
        retryOptions = (RpcRetryOptions?)options.RpcRetry?.Clone() ?? new RpcRetryOptions();
        channel = ChannelFactory.Create(options);
        WorkflowService = new WorkflowService.Core(this);
        OperatorService = new OperatorService.Core(this);
        CloudService = new CloudService.Core(this);
        TestService = new TestService.Core(this);
    }

    /// <summary>Finalizes an instance of the <see cref="TemporalConnection"/> class.</summary>
    ~TemporalConnection() => channel?.Dispose();

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata
    {
        get => Volatile.Read(ref rpcMetadata);
        set => ChangeHeaders(() => (value.ToArray(), rpcBinaryMetadata, apiKey));
    }

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata
    {
        get => Volatile.Read(ref rpcBinaryMetadata);
        set => ChangeHeaders(() => (rpcMetadata, value.ToArray(), apiKey));
    }

    /// <inheritdoc />
    public string? ApiKey
    {
        get => Volatile.Read(ref apiKey);
        set => ChangeHeaders(() => (rpcMetadata, rpcBinaryMetadata, value));
    }

    /// <inheritdoc />
    public WorkflowService WorkflowService { get; }

    /// <inheritdoc />
    public OperatorService OperatorService { get; }

    /// <inheritdoc />
    public CloudService CloudService { get; }

    /// <inheritdoc />
    public TestService TestService { get; }

    /// <inheritdoc />
    public TemporalConnectionOptions Options { get; }

    /// <inheritdoc />
    public bool IsConnected => systemInfo is not null;

    /// <summary>Gets what the server said it can do, or null before the first contact. Empty for a server too old to say.</summary>
    internal GetSystemInfoResponse.Types.Capabilities? ServerCapabilities => systemInfo?.Capabilities;

    /// <summary>Gets the workers that take first workflow tasks with the answers to starts on this connection.</summary>
    internal EagerWorkflowWorkers EagerWorkflows { get; } = new();

    /// <summary>Connects now.</summary>
    /// <param name="options">Options; a missing identity is filled in.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="InvalidOperationException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public static async Task<TemporalConnection> ConnectAsync(TemporalConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = new TemporalConnection(options);
        await connection.ConnectAsync().ConfigureAwait(false);
        return connection;
    }

    /// <summary>
    /// Makes a connection that connects when first used, and again on the next use if that fails. Metadata and API key cannot be
    /// changed before.
    /// </summary>
    /// <param name="options">Options; a missing identity is filled in.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public static TemporalConnection CreateLazy(TemporalConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TemporalConnection(options);
    }

    /// <inheritdoc />
    public async Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null)
    {
        var request = new HealthCheckRequest { Service = service?.FullName ?? WorkflowService.FullName };
        var response = await InvokeRpcAsync("grpc.health.v1.Health", "Check", request, HealthCheckResponse.Parser, options).ConfigureAwait(false);
        return response.Status == HealthCheckResponse.Types.ServingStatus.Serving;
    }

    /// <inheritdoc />
    public async Task ConnectAsync()
    {
        if (systemInfo is not null) return;
        await connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            systemInfo ??= await GetSystemInfoAsync().ConfigureAwait(false);
        }
        finally
        {
            connecting.Release();
        }
    }

    /// <summary>Calls an RPC of one of the raw services.</summary>
    /// <typeparam name="T">Response type.</typeparam>
    /// <param name="service">The service.</param>
    /// <param name="rpc">Name of the RPC.</param>
    /// <param name="request">Request.</param>
    /// <param name="parser">Parser of the response.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>The response.</returns>
    /// <exception cref="RpcException">Any status but OK.</exception>
    /// <exception cref="OperationCanceledException">The token of the options was cancelled.</exception>
    internal Task<T> InvokeRpcAsync<T>(RpcService service, string rpc, IMessage request, MessageParser<T> parser, RpcOptions? options)
        where T : IMessage<T> =>
        InvokeRpcAsync(service.FullName, rpc, request, parser, options);

    /// <summary>Closes the connection now instead of when it is collected. For owners of a server that goes away.</summary>
    internal void Close() => channel.Dispose();

    private async Task<T> InvokeRpcAsync<T>(string service, string rpc, IMessage request, MessageParser<T> parser, RpcOptions? options)
        where T : IMessage<T>
    {
        if (systemInfo is null) await ConnectAsync().ConfigureAwait(false);
        var method = RpcMethods.Get(service, rpc, parser);
        var kind = RpcCallKinds.Of(request);
        var token = options?.CancellationToken ?? CancellationToken.None;
        var backoff = options?.Retry == true ? new RpcBackoff(retryOptions, kind, TimeProvider.System) : null;
        while (true)
        {
            var begin = Stopwatch.GetTimestamp();
            try
            {
                var response = await channel.UnaryAsync(method, request, new GrpcCallOptions
                {
                    Metadata = headers.For(request, options),
                    Timeout = options?.Timeout ?? RpcCallKinds.DefaultTimeout(kind),
                    CancellationToken = token,
                }).ConfigureAwait(false);
                Count(rpc, kind, begin, null);
                return response;
            }
            catch (GrpcException e)
            {
                Count(rpc, kind, begin, e);
                if (backoff?.Next(e) is not { } wait) throw RpcErrors.ToRpcException(e);
                LogRetry(rpc, kind, backoff.Attempt, e);
                await Task.Delay(wait, token).ConfigureAwait(false);
            }
        }
    }

    private async Task<GetSystemInfoResponse> GetSystemInfoAsync()
    {
        var method = RpcMethods.Get(WorkflowService.FullName, "GetSystemInfo", GetSystemInfoResponse.Parser);
        var request = new GetSystemInfoRequest();
        try
        {
            return await channel.UnaryAsync(method, request, new GrpcCallOptions
            {
                Metadata = headers.For(request, null),
                Timeout = RpcCallKinds.DefaultTimeout(RpcCallKind.Normal),
            }).ConfigureAwait(false);
        }
        catch (GrpcException e) when (e.Status == GrpcStatusCode.Unimplemented)
        {
            // A server from before the call existed has none of the capabilities.
            return new GetSystemInfoResponse { Capabilities = new() };
        }
        catch (GrpcException e)
        {
            throw new InvalidOperationException($"Connection to {Options.TargetHost} failed: {e.Status}: {e.Message}", RpcErrors.ToRpcException(e));
        }
    }

    private void Count(string rpc, RpcCallKind kind, long begin, GrpcException? error) =>
        (Options.Runtime ?? TemporalRuntime.Default).Metrics.Called(
            rpc, kind != RpcCallKind.Normal, Stopwatch.GetElapsedTime(begin), error?.Status.ToString());

    // The first few failures are everyday life; what goes on is worth a line, and a poll that never comes through an error.
    private void LogRetry(string rpc, RpcCallKind kind, int attempt, GrpcException error)
    {
        var (level, times) = attempt > 15 && kind == RpcCallKind.TaskLongPoll ? (LogLevel.Error, "again and again")
            : attempt >= 5 ? (LogLevel.Warning, "several times")
            : (LogLevel.Debug, "and is tried again");
        (Options.Runtime ?? TemporalRuntime.Default).Log.Write(
            level,
            RuntimeLog.Client,
            $"gRPC call {rpc} failed {times}",
            ("call_name", rpc),
            ("attempt", attempt.ToString(CultureInfo.InvariantCulture)),
            ("error", error.ToString()));
    }

    private void ChangeHeaders(
        Func<(IReadOnlyCollection<KeyValuePair<string, string>> Text, IReadOnlyCollection<KeyValuePair<string, byte[]>> Binary, string? ApiKey)> change)
    {
        if (!IsConnected) throw new InvalidOperationException("Metadata and API key cannot be set before the connection has connected");
        lock (headersLock)
        {
            var (text, binary, key) = change();
            // First made, then stored: what gRPC refuses must leave the old values in force.
            headers = new RpcHeaders(text, binary, key);
            rpcMetadata = text;
            rpcBinaryMetadata = binary;
            apiKey = key;
        }
    }
}
