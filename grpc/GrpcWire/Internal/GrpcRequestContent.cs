using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace GrpcWire.Internal;

/// <summary>
/// One framed message as an HTTP body. The message is serialized when the transport asks for the body, into a rented buffer that goes
/// back at once; the transport may ask again when it repeats a request that the server has certainly not seen.
/// </summary>
internal sealed class GrpcRequestContent : HttpContent
{
    private static readonly MediaTypeHeaderValue GrpcContentType = new("application/grpc");

    private readonly IMessage message;
    private readonly int size;
    private readonly bool compress;

    public GrpcRequestContent(IMessage message, int size, bool compress)
    {
        this.message = message;
        this.size = size;
        this.compress = compress;
        Headers.ContentType = GrpcContentType;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(GrpcFraming.PrefixBytes + size);
        try
        {
            var body = buffer.AsMemory(GrpcFraming.PrefixBytes, size);
            message.WriteTo(body.Span);
            if (compress)
            {
                using var packed = GrpcGzip.Compress(body.Span);
                await stream.WriteAsync(packed.Frame, cancellationToken);
                return;
            }
            GrpcFraming.WritePrefix(buffer, compressed: false, size);
            await stream.WriteAsync(buffer.AsMemory(0, GrpcFraming.PrefixBytes + size), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        // gRPC peers do not expect a content-length; the end of the stream ends the message.
        length = 0;
        return false;
    }
}
