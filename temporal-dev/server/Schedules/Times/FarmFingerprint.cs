using System.Buffers.Binary;
using System.Numerics;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>FarmHash's 32-bit fingerprint (Google, "farmhashmk") of 25 bytes or more: what the real server derives jitter from, so that ours is the same.</summary>
internal static class FarmFingerprint
{
    /// <summary>The shortest input that this variant is for.</summary>
    public const int MinLength = 25;

    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;
    private const uint Mix = 0xe6546b64;
    private const int Block = 20;

    /// <exception cref="ArgumentOutOfRangeException">Fewer than <see cref="MinLength"/> bytes.</exception>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Length, MinLength);
        var h = (uint)data.Length;
        var g = C1 * h;
        var f = g;
        h = Stir(Stir(h, Tail(data, 4)), Tail(data, 16));
        g = Stir(Stir(g, Tail(data, 8)), Tail(data, 12));
        f = BitOperations.RotateRight(f + Tail(data, 20), 19) + 113;
        var rest = data;
        for (var blocks = (data.Length - 1) / Block; blocks > 0; blocks--, rest = rest[Block..])
        {
            var (a, b, c, d, e) = (Word(rest, 0), Word(rest, 4), Word(rest, 8), Word(rest, 12), Word(rest, 16));
            h = Murmur(d, h + a) + e;
            g = Murmur(c, g + b) + a;
            f = Murmur(b + (e * C1), f + c) + d;
            f += g;
            g += f;
        }

        return Finish(h, Spread(g), Spread(f));
    }

    private static uint Finish(uint h, uint g, uint f)
    {
        h = (BitOperations.RotateRight(h + g, 19) * 5) + Mix;
        h = BitOperations.RotateRight(h, 17) * C1;
        h = (BitOperations.RotateRight(h + f, 19) * 5) + Mix;
        return BitOperations.RotateRight(h, 17) * C1;
    }

    private static uint Spread(uint x) => BitOperations.RotateRight(BitOperations.RotateRight(x, 11) * C1, 17) * C1;

    private static uint Stir(uint x, uint with) => (BitOperations.RotateRight(x ^ with, 19) * 5) + Mix;

    private static uint Murmur(uint a, uint h) => Stir(h, BitOperations.RotateRight(a * C1, 17) * C2);

    private static uint Tail(ReadOnlySpan<byte> data, int fromEnd) => BitOperations.RotateRight(Word(data, data.Length - fromEnd) * C1, 17) * C2;

    private static uint Word(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt32LittleEndian(data[at..]);
}
