namespace Temporalio.DevServer.Matching;

/// <summary>How many tasks a queue may hand out: a rate, and at most one second's worth at once. Not thread-safe.</summary>
internal sealed class TokenBucket(TimeProvider time)
{
    private double tokens = 1;
    private double? perSecond;
    private long last = time.GetTimestamp();

    /// <summary>The limit, or null for none. Zero hands out nothing.</summary>
    public double? PerSecond
    {
        get => perSecond;
        set
        {
            if (perSecond == value)
                return;
            Refill();
            perSecond = value;
            tokens = Math.Min(Math.Max(tokens, 0), Burst);
        }
    }

    private double Burst => Math.Max(1, perSecond ?? 1);

    /// <summary>Takes a token if there is one.</summary>
    public bool TryTake()
    {
        if (perSecond is null)
            return true;
        Refill();
        if (tokens < 1 || perSecond <= 0)
            return false;
        tokens--;
        return true;
    }

    /// <summary>Gives back what was taken for nothing.</summary>
    public void GiveBack() => tokens = Math.Min(Burst, tokens + 1);

    /// <summary>How long until there is a token; null for never.</summary>
    public TimeSpan? UntilNext()
    {
        if (perSecond is not { } rate)
            return TimeSpan.Zero;
        if (rate <= 0)
            return null;
        Refill();
        return tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min((1 - tokens) / rate, 60));
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        if (perSecond is { } rate)
            tokens = Math.Min(Burst, tokens + (time.GetElapsedTime(last, now).TotalSeconds * rate));
        last = now;
    }
}

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
