namespace Settlement.StarterApi.Tests.Support;

/// <summary>A clock that stands still; its ticking (timers, elapsed time) stays the machine's.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
