namespace Temporalio.DevServer.Matching;

/// <summary>Events per second over the last half minute, as task queues show them. Not thread-safe.</summary>
internal sealed class RateCounter(TimeProvider time)
{
    private const int Slots = 6;
    private static readonly TimeSpan SlotLength = TimeSpan.FromSeconds(5);

    private readonly long[] counts = new long[Slots];
    private readonly long started = time.GetTimestamp();
    private long current;

    /// <summary>Counts one.</summary>
    public void Add() => counts[Advance() % Slots]++;

    /// <summary>The mean rate.</summary>
    public float PerSecond()
    {
        Advance();
        var seconds = Math.Min(time.GetElapsedTime(started).TotalSeconds, SlotLength.TotalSeconds * Slots);
        return seconds <= 0 ? 0 : (float)(counts.Sum() / Math.Max(seconds, 1));
    }

    private long Advance()
    {
        var slot = (long)(time.GetElapsedTime(started) / SlotLength);
        for (var i = Math.Max(current + 1, slot - Slots + 1); i <= slot; i++)
            counts[i % Slots] = 0;
        current = slot;
        return slot;
    }
}
