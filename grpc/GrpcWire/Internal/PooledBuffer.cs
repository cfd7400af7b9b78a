using System.Buffers;

namespace GrpcWire.Internal;

/// <summary>A growing byte buffer on rented arrays. Not thread-safe; dispose it to give the array back.</summary>
internal sealed class PooledBuffer : Stream, IBufferWriter<byte>
{
    private byte[] array;
    private int length;

    public PooledBuffer(int capacity) => array = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 16));

    public ReadOnlyMemory<byte> Written => array.AsMemory(0, length);

    public Span<byte> WrittenSpan => array.AsSpan(0, length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return array.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Clear() => length = 0;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Reserve(buffer.Length);
        buffer.CopyTo(array.AsSpan(length));
        length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Everything is in memory already.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        var rented = Interlocked.Exchange(ref array, []);
        length = 0;
        if (rented.Length > 0) ArrayPool<byte>.Shared.Return(rented);
        base.Dispose(disposing);
    }

    private void Reserve(int extra)
    {
        var needed = checked(length + extra);
        if (needed <= array.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, array.Length * 2L), Array.MaxLength));
        array.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(array);
        array = larger;
    }
}
