using System.Buffers.Binary;

namespace Temporalio.Common;

/// <summary>
/// Random numbers that depend on nothing but a 64-bit seed: PCG XSL-RR on a 128-bit multiplicative congruential state
/// (pcg64_fast). The same numbers as the official SDK draws, so that histories whose ids were drawn replay in both.
/// </summary>
/// <remarks>For workflows, not for secrets. The sequence must never change.</remarks>
public class DeterministicRandom : Random
{
    private static readonly UInt128 Multiplier = new(0x2360ED051FC65DA4UL, 0x4385DF649FCCF645UL);

    private UInt128 state;

    /// <summary>Initializes a new instance of the <see cref="DeterministicRandom"/> class.</summary>
    /// <param name="seed">Seed.</param>
    public DeterministicRandom(ulong seed)
    {
        // The seed is spread over the 128 bits of state by a PCG32 generator; the state of a multiplicative generator is odd.
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < bytes.Length; i += sizeof(uint))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[i..], SpreadSeed(ref seed));
        }
        state = BinaryPrimitives.ReadUInt128LittleEndian(bytes) | 1;
    }

    /// <inheritdoc/>
    public override int Next() => Next(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue) => Next(0, maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = unchecked((uint)(maxValue - minValue));
        if (range == 0)
        {
            return minValue;
        }
        // Canon's method: multiply and keep the high word, with one more draw when the low word could carry.
        var product = (ulong)NextUInt32() * range;
        var high = (uint)(product >> 32);
        var low = (uint)product;
        if (low > unchecked(0u - range))
        {
            var nextHigh = (uint)(((ulong)NextUInt32() * range) >> 32);
            high += low > uint.MaxValue - nextHigh ? 1u : 0u;
        }
        return unchecked(minValue + (int)high);
    }

    /// <inheritdoc/>
    public override double NextDouble() => Sample();

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> chunk = stackalloc byte[sizeof(ulong)];
        while (buffer.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, NextUInt64());
            buffer = buffer[sizeof(ulong)..];
        }
        if (buffer.Length > sizeof(uint))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(chunk, NextUInt64());
            chunk[..buffer.Length].CopyTo(buffer);
        }
        else if (buffer.Length > 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(chunk, NextUInt32());
            chunk[..buffer.Length].CopyTo(buffer);
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => (NextUInt64() >> 12) * (1.0 / (1UL << 52));

    private static uint SpreadSeed(ref ulong seed)
    {
        unchecked
        {
            seed = (seed * 6364136223846793005UL) + 11634580027462260723UL;
            var shifted = (uint)(((seed >> 18) ^ seed) >> 27);
            return uint.RotateRight(shifted, (int)(seed >> 59));
        }
    }

    private uint NextUInt32() => unchecked((uint)NextUInt64());

    private ulong NextUInt64()
    {
        unchecked
        {
            state *= Multiplier;
            var folded = (ulong)(state >> 64) ^ (ulong)state;
            return ulong.RotateRight(folded, (int)(state >> 122));
        }
    }
}
