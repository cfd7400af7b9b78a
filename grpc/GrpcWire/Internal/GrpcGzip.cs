using System.IO.Compression;

namespace GrpcWire.Internal;

/// <summary>Gzip of single messages (RFC 1952), bounded on the way out.</summary>
internal static class GrpcGzip
{
    public const string Name = "gzip";

    /// <summary>Compresses a message and frames it.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The frame: prefix and compressed bytes. Dispose it.</returns>
    public static GzippedFrame Compress(ReadOnlySpan<byte> message)
    {
        var buffer = new PooledBuffer(GrpcFraming.PrefixBytes + (message.Length / 2) + 64);
        buffer.Write(stackalloc byte[GrpcFraming.PrefixBytes]);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(message);
        GrpcFraming.WritePrefix(buffer.WrittenSpan, compressed: true, buffer.Written.Length - GrpcFraming.PrefixBytes);
        return new GzippedFrame(buffer);
    }

    /// <summary>Decompresses a message.</summary>
    /// <param name="packed">All compressed bytes of one message; gzip of no bytes, or no bytes at all, is an empty message.</param>
    /// <param name="maxBytes">Largest result allowed.</param>
    /// <returns>The message. Dispose it.</returns>
    /// <exception cref="GrpcException">INTERNAL if it is not complete gzip, RESOURCE_EXHAUSTED if the result is too large.</exception>
    public static PooledBuffer Decompress(ReadOnlyMemory<byte> packed, int maxBytes)
    {
        var result = new PooledBuffer((int)Math.Min(maxBytes, packed.Length * 4L));
        try
        {
            if (packed.IsEmpty) return result;
            using var input = new ReadOnlyMemoryStream(packed);
            using var gzip = new GZipStream(input, CompressionMode.Decompress);
            while (true)
            {
                var target = result.GetSpan(4096);
                var count = gzip.Read(target);
                if (count == 0) break;
                result.Advance(count);
                if (result.Written.Length > maxBytes) throw GrpcErrors.TooLargeDecompressed(maxBytes);
            }
            GzipTrailer.Check(packed.Span, result.Written.Span);
            return result;
        }
        catch (InvalidDataException e)
        {
            result.Dispose();
            throw GrpcErrors.Malformed("not gzip", e);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }
}
