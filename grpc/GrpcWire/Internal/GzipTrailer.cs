using System.Buffers.Binary;

namespace GrpcWire.Internal;

/// <summary>
/// The last four bytes of gzip hold the length of the content (RFC 1952, ISIZE). GZipStream ends quietly where its input ends, so a
/// truncated message would pass as a shorter one; the length tells.
/// </summary>
internal static class GzipTrailer
{
    private const int HeaderAndTrailerBytes = 18;

    public static void Check(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> content)
    {
        if (packed.Length < HeaderAndTrailerBytes) throw GrpcErrors.Malformed("gzip ends early");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(packed[^4..]);
        if (size != (uint)content.Length) throw GrpcErrors.Malformed("gzip ends early or holds more than one member");
    }
}
