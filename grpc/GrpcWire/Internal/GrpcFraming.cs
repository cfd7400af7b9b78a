using System.Buffers.Binary;

namespace GrpcWire.Internal;

/// <summary>The five bytes before each message: a compression flag and the length, big-endian ("gRPC over HTTP2", Length-Prefixed-Message).</summary>
internal static class GrpcFraming
{
    public const int PrefixBytes = 5;

    public static void WritePrefix(Span<byte> target, bool compressed, int length)
    {
        target[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)length);
    }

    /// <summary>Reads and checks a prefix.</summary>
    /// <param name="prefix">Five bytes.</param>
    /// <param name="maxBytes">Largest length allowed.</param>
    /// <returns>Flag and length.</returns>
    /// <exception cref="GrpcException">INTERNAL for an unknown flag, RESOURCE_EXHAUSTED for a length above the limit.</exception>
    public static (bool Compressed, int Length) ReadPrefix(ReadOnlySpan<byte> prefix, int maxBytes)
    {
        if (prefix[0] > 1) throw GrpcErrors.Malformed($"unknown compression flag {prefix[0]}");
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > (uint)maxBytes) throw GrpcErrors.TooLarge(length, maxBytes);
        return (prefix[0] == 1, (int)length);
    }
}
