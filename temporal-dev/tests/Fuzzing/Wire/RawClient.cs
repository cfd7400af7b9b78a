using System.Net;
using System.Net.Http.Headers;

namespace Temporalio.Fuzzing.Wire;

/// <summary>Sends requests that no client library would, and takes whatever comes back.</summary>
internal sealed class RawClient : IDisposable
{
    /// <summary>No answer within this is a finding: the calls' own deadlines are far shorter.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseProxy = false, AutomaticDecompression = DecompressionMethods.None });
    private readonly Uri address;

    public RawClient(Uri address) => this.address = address;

    /// <summary>Makes one exchange.</summary>
    /// <exception cref="TimeoutException">Nothing came within <see cref="Patience"/>.</exception>
    public async Task<RawAnswer> SendAsync(RawCall call, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var request = Build(call);
            using var response = await invoker.SendAsync(request, patience.Token);
            var body = await response.Content.ReadAsByteArrayAsync(patience.Token);
            var status = Find(response, "grpc-status");
            return new RawAnswer((int)response.StatusCode, int.TryParse(status, out var code) ? code : null, Find(response, "grpc-message") ?? "", Find(response, "grpc-status-details-bin"), body);
        }
        catch (HttpRequestException e)
        {
            // The server may cut a stream or a connection that is not HTTP/2 as it should be.
            return new RawAnswer(null, null, e.Message, null, []);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Patience.TotalSeconds} s");
        }
    }

    public void Dispose() => invoker.Dispose();

    private HttpRequestMessage Build(RawCall call)
    {
        // The path is sent as it is: an unknown one is a case of its own.
        var request = new HttpRequestMessage(call.Method, new Uri(address.GetLeftPart(UriPartial.Authority) + call.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (call.Method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(call.Body);
            if (call.ContentType is { } type)
                request.Content.Headers.TryAddWithoutValidation("content-type", type);
        }
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (call.Timeout is { } timeout)
            request.Headers.TryAddWithoutValidation("grpc-timeout", timeout);
        foreach (var (name, value) in call.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string? Find(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var trailing) ? trailing.First()
        : response.Headers.TryGetValues(name, out var leading) ? leading.First()
        : null;
}

/// <summary>A request as it goes over the wire: anything may be wrong with it.</summary>
internal sealed record RawCall
{
    /// <summary>Gets <c>/service/method</c>.</summary>
    public required string Path { get; init; }

    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>Gets the body, frames included.</summary>
    public required byte[] Body { get; init; }

    public string? ContentType { get; init; } = "application/grpc";

    /// <summary>Gets <c>grpc-timeout</c>; null sends none.</summary>
    public string? Timeout { get; init; } = "3000m";

    /// <summary>Gets more headers, values unchecked.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Puts a message into one gRPC frame.</summary>
    public static byte[] Frame(byte[] message, byte flag = 0, int? claimedLength = null)
    {
        var frame = new byte[message.Length + 5];
        frame[0] = flag;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), claimedLength ?? message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }
}

/// <summary>All that came back.</summary>
/// <param name="HttpStatus">HTTP status, or null if none came (the connection or stream was cut).</param>
/// <param name="GrpcStatus">gRPC status, or null.</param>
/// <param name="Message">gRPC message, percent-encoded as it came, or why there is none.</param>
/// <param name="Details">Base64 of the error details, or null.</param>
/// <param name="Body">Bytes of the body.</param>
internal sealed record RawAnswer(int? HttpStatus, int? GrpcStatus, string Message, string? Details, byte[] Body)
{
    /// <summary>For counting.</summary>
    public string Kind => GrpcStatus is { } grpc ? $"grpc {grpc}" : HttpStatus is { } http ? $"http {http}" : "cut";
}
