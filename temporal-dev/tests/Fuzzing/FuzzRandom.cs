using System.Text;

namespace Temporalio.Fuzzing;

/// <summary>Chance with a seed, and a taste for what hurts: empty, huge, negative, zero characters, half characters, other people's words.</summary>
public sealed class FuzzRandom(int seed)
{
    private static readonly string[] NastyTexts =
    [
        "", " ", "default", "attacker", "\0", "a\0b", "..", "/", "%2F", "${jndi:x}", "' OR 1=1 --", "\"", "\\", "\u202E", "\uFFFD", "🙂", "null", "-1",
        "00000000-0000-0000-0000-000000000000", "AAAAAAAA-0000-0000-0000-000000000000", "/_sys/q/1", "temporal-system", "__temporal_workflow_metadata", "__stack_trace",
        "WorkflowId = 'x'", "ExecutionStatus = 'Running' AND (", "* * * * *", "@every 1s",
    ];

    private static readonly long[] NastyNumbers = [0, 1, -1, 2, 255, 256, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 253_402_300_799, -62_135_596_800, 315_576_000_000, 999_999_999, 1_000_000_000];

    private readonly Random random = new(seed);

    public int Below(int bound) => random.Next(bound);

    public bool Chance(int inHundred) => random.Next(100) < inHundred;

    public T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Bytes that are mostly few.</summary>
    public byte[] SomeBytes() => Bytes(Chance(90) ? Below(40) : Below(4_000));

    public long Number() => Chance(50) ? Pick(NastyNumbers) : random.NextInt64();

    public string Text()
    {
        if (Chance(60))
            return Pick(NastyTexts);
        if (Chance(10))
            return new string((char)('a' + Below(26)), Below(5_000));
        return Encoding.UTF8.GetString(Bytes(Below(30)));
    }

    /// <summary>Changes some bytes, or cuts, or appends.</summary>
    public byte[] Damage(byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (var i = Below(4); i >= 0; i--)
        {
            if (damaged.Count == 0)
                return Bytes(Below(20));
            switch (Below(4))
            {
                case 0:
                    damaged[Below(damaged.Count)] = (byte)Below(256);
                    break;
                case 1:
                    damaged[Below(damaged.Count)] ^= (byte)(1 << Below(8));
                    break;
                case 2:
                    damaged.RemoveRange(Below(damaged.Count), 1);
                    break;
                default:
                    damaged.InsertRange(Below(damaged.Count), Bytes(1 + Below(8)));
                    break;
            }
        }
        return [.. damaged];
    }
}
