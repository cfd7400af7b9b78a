using System.Buffers;

namespace GrpcWire.Internal;

/// <summary>Reads framed messages from a response body. A length is believed only as its bytes arrive.</summary>
internal sealed class GrpcFrameReader(Stream stream, int maxBytes) : IDisposable
{
    // A peer may announce much and send little: beyond this, memory grows with what has arrived.
    private const int TrustedBytes = 256 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int start;
    private int end;

    /// <summary>Reads the next message.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Flag and bytes, valid until the next read; null at the end of the body.</returns>
    /// <exception cref="GrpcException">INTERNAL for malformed or truncated frames, RESOURCE_EXHAUSTED for one above the limit.</exception>
    public async ValueTask<GrpcFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(GrpcFraming.PrefixBytes, cancellationToken))
        {
            if (end > start) throw GrpcErrors.Malformed("the body ends inside a frame's prefix");
            return null;
        }
        var (compressed, length) = GrpcFraming.ReadPrefix(buffer.AsSpan(start, GrpcFraming.PrefixBytes), maxBytes);
        start += GrpcFraming.PrefixBytes;
        if (!await FillAsync(length, cancellationToken)) throw GrpcErrors.Malformed("the body ends inside a message");
        var message = buffer.AsMemory(start, length);
        start += length;
        return new GrpcFrame(compressed, message);
    }

    public void Dispose()
    {
        var rented = Interlocked.Exchange(ref buffer, []);
        if (rented.Length > 0) ArrayPool<byte>.Shared.Return(rented);
    }

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        while (end - start < count)
        {
            MakeRoom(count);
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0) return false;
            end += read;
        }
        return true;
    }

    private void MakeRoom(int count)
    {
        var held = end - start;
        if (start > 0)
        {
            buffer.AsSpan(start, held).CopyTo(buffer);
            start = 0;
            end = held;
        }
        if (held < buffer.Length && (count <= buffer.Length || held + 1024 < buffer.Length)) return;
        var wanted = Math.Min(count, Math.Max(TrustedBytes, buffer.Length * 2L));
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(wanted, held + 1));
        buffer.AsSpan(0, held).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
