using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using GrpcWire.Internal;

namespace GrpcWire;

/// <summary>
/// Calls gRPC methods at one address over HTTP/2. Thread-safe; connections open on the first call, as many as concurrent streams
/// need, and open again after a loss. Dispose it to close them.
/// </summary>
public sealed class GrpcChannel : IDisposable
{
    private static readonly Version Http2 = HttpVersion.Version20;

    private readonly HttpMessageInvoker invoker;
    private readonly GrpcChannelOptions options;

    // Making a Uri costs more than the rest of a request's head; a program calls few methods.
    private readonly ConcurrentDictionary<string, Uri> addresses = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="GrpcChannel"/> class. Connects nothing yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <exception cref="ArgumentException">The address is not absolute http or https, or a limit is not positive.</exception>
    public GrpcChannel(GrpcChannelOptions options)
        : this(options, GrpcHandlerFactory.Create(Check(options)))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="GrpcChannel"/> class on a transport of the caller's choice.</summary>
    /// <param name="options">Where and how; TLS, proxy and keep-alive settings are the handler's own business.</param>
    /// <param name="handler">The transport, owned by the channel from now on.</param>
    public GrpcChannel(GrpcChannelOptions options, HttpMessageHandler handler)
    {
        this.options = Check(options);
        invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Gets the options.</summary>
    public GrpcChannelOptions Options => options;

    /// <summary>Calls a unary method once; retries are the caller's business.</summary>
    /// <typeparam name="TRequest">Request type.</typeparam>
    /// <typeparam name="TResponse">Response type.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request; must not change until the call ends.</param>
    /// <param name="call">Metadata, timeout, cancellation.</param>
    /// <returns>The response.</returns>
    /// <exception cref="GrpcException">Any status but OK.</exception>
    /// <exception cref="OperationCanceledException">The token of <paramref name="call"/> was cancelled.</exception>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, TRequest request, GrpcCallOptions call = default)
        where TRequest : IMessage
        where TResponse : IMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(request);
        using var lifetime = new GrpcCallLifetime(call);
        try
        {
            using var message = BuildRequest(method.Path, request, call);
            using var response = await invoker.SendAsync(message, lifetime.Token);
            return await ReadUnaryAsync(method.ResponseParser, response, lifetime.Token);
        }
        catch (Exception e) when (lifetime.Explain(e) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Calls a server-streaming method.</summary>
    /// <typeparam name="TRequest">Request type.</typeparam>
    /// <typeparam name="TResponse">Response type.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="call">Metadata, timeout of the whole stream, cancellation.</param>
    /// <returns>The responses, as they come. Enumerate once; leaving early ends the call.</returns>
    /// <exception cref="GrpcException">While enumerating: any status but OK.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: the token of <paramref name="call"/> was cancelled.</exception>
    public IAsyncEnumerable<TResponse> ServerStreamingAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, GrpcCallOptions call = default)
        where TRequest : IMessage
        where TResponse : IMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(request);
        return GrpcResponses.ReadAsync(
            invoker, () => BuildRequest(method.Path, request, call), method.ResponseParser, call, options.MaxReceiveBytes);
    }

    /// <inheritdoc />
    public void Dispose() => invoker.Dispose();

    private static GrpcChannelOptions Check(GrpcChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = options.Address;
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"The address must be http://host:port or https://host:port, not '{address}'", nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxReceiveBytes);
        return options;
    }

    private HttpRequestMessage BuildRequest(string path, IMessage request, GrpcCallOptions call)
    {
        var size = request.CalculateSize();
        if (options.MaxSendBytes is { } max && size > max)
            throw new GrpcException(GrpcStatusCode.ResourceExhausted, $"grpc: trying to send message larger than max ({size} vs. {max})");
        var compress = options.CompressRequests && size >= options.CompressionThresholdBytes;
        var message = new HttpRequestMessage(HttpMethod.Post, addresses.GetOrAdd(path, static (key, root) => new Uri(root, key), options.Address))
        {
            Version = Http2,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new GrpcRequestContent(request, size, compress),
        };
        var headers = message.Headers;
        // The handler takes SNI and the expected certificate name from the host header; :authority follows, as in the official core.
        if (options.Tls?.ServerName is { } serverName) headers.Host = serverName;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", options.UserAgent);
        headers.TryAddWithoutValidation("grpc-accept-encoding", "identity,gzip");
        if (compress) headers.TryAddWithoutValidation("grpc-encoding", GrpcGzip.Name);
        if (call.Timeout is { } timeout) headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeoutHeader.Format(timeout));
        if (call.Metadata is { } metadata)
        {
            foreach (var entry in metadata.AsSpan()) headers.TryAddWithoutValidation(entry.Name, entry.WireValue);
        }
        return message;
    }

    private async Task<TResponse> ReadUnaryAsync<TResponse>(MessageParser<TResponse> parser, HttpResponseMessage response, CancellationToken token)
        where TResponse : IMessage<TResponse>
    {
        GrpcResponseHead.ThrowIfFailed(response);
        var encoding = GrpcResponseHead.Encoding(response);
        await using var body = await response.Content.ReadAsStreamAsync(token);
        using var frames = new GrpcFrameReader(body, options.MaxReceiveBytes);
        TResponse? result = default;
        while (await frames.ReadAsync(token) is { } frame)
        {
            if (result is not null) throw GrpcErrors.Malformed("more than one message in a unary response");
            result = GrpcMessageDecoder.Decode(parser, frame, encoding, options.MaxReceiveBytes);
        }
        GrpcResponseHead.ThrowIfTrailersFailed(response);
        return result ?? throw GrpcErrors.Malformed("status OK without a message");
    }
}
