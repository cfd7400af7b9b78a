namespace GrpcWire.Internal;

/// <summary>A framed, compressed message in a rented buffer.</summary>
internal readonly struct GzippedFrame(PooledBuffer buffer) : IDisposable
{
    public ReadOnlyMemory<byte> Frame => buffer.Written;

    public void Dispose() => buffer.Dispose();
}
