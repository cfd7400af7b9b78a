namespace Settlement.BankSimulator;

/// <summary>
/// The bank's business clock: real time plus an offset that time-skipping runs set through PUT /clock. It stamps what the bank
/// books; pauses, retries and signatures stay on real time.
/// </summary>
public sealed class BankClock(TimeProvider real)
{
    private long offsetTicks;

    /// <summary>The business instant, UTC.</summary>
    public DateTimeOffset UtcNow => real.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    /// <summary>Makes the business clock show <paramref name="instant"/> now; it runs on from there.</summary>
    public void Set(DateTimeOffset instant) =>
        Interlocked.Exchange(ref offsetTicks, (instant.ToUniversalTime() - real.GetUtcNow()).Ticks);
}
