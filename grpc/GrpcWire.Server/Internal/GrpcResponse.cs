using Google.Protobuf;
using GrpcWire.Internal;
using Microsoft.AspNetCore.Http;

namespace GrpcWire.Server.Internal;

/// <summary>Writes messages and the final status of one call.</summary>
internal sealed class GrpcResponse(HttpContext context, bool compress, int compressionThreshold)
{
    private bool hasMessages;

    /// <summary>Frames a message into the response's buffer.</summary>
    /// <param name="message">The message.</param>
    public void Write(IMessage message)
    {
        if (!hasMessages && compress) context.Response.Headers["grpc-encoding"] = GrpcGzip.Name;
        hasMessages = true;
        var size = message.CalculateSize();
        var writer = context.Response.BodyWriter;
        if (compress && size >= compressionThreshold)
        {
            using var plain = new PooledBuffer(size);
            message.WriteTo((System.Buffers.IBufferWriter<byte>)plain);
            using var packed = GrpcGzip.Compress(plain.Written.Span);
            var frame = packed.Frame.Span;
            frame.CopyTo(writer.GetSpan(frame.Length));
            writer.Advance(frame.Length);
            return;
        }
        GrpcFraming.WritePrefix(writer.GetSpan(GrpcFraming.PrefixBytes), compressed: false, size);
        writer.Advance(GrpcFraming.PrefixBytes);
        message.WriteTo(writer);
    }

    /// <summary>Sends what is buffered.</summary>
    /// <param name="cancellationToken">Ends the wait for a slow reader.</param>
    /// <returns>Task that ends when the connection has taken it.</returns>
    public async Task FlushAsync(CancellationToken cancellationToken) => await context.Response.BodyWriter.FlushAsync(cancellationToken);

    /// <summary>Ends the call.</summary>
    /// <param name="status">Final status.</param>
    /// <param name="message">Message for the peer, or null.</param>
    /// <param name="details">Serialized <c>google.rpc.Status</c>, or null.</param>
    /// <param name="trailers">More metadata.</param>
    public void End(GrpcStatusCode status, string? message, byte[]? details, IReadOnlyList<GrpcMetadataEntry> trailers)
    {
        var response = context.Response;
        // Without messages the status goes into the headers: one frame instead of three ("Trailers-Only").
        var target = !hasMessages && !response.HasStarted ? response.Headers : Trailers(context);
        target["grpc-status"] = ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(message)) target["grpc-message"] = GrpcMessageText.Encode(message);
        if (details is not null) target["grpc-status-details-bin"] = Convert.ToBase64String(details).TrimEnd('=');
        foreach (var entry in trailers) target.Append(entry.Name, entry.WireValue);
    }

    private static IHeaderDictionary Trailers(HttpContext context) =>
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()?.Trailers
        ?? throw new InvalidOperationException("The connection cannot carry trailers");
}
