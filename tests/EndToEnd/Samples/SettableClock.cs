namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>A business clock that stands where a test puts it; its ticking (timers, elapsed time) stays the machine's.</summary>
internal sealed class SettableClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
