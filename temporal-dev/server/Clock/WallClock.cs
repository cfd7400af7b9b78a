using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Clock;

/// <summary>The machine's time, made monotonic: a clock that is set back stands still until the machine's has caught up.</summary>
internal sealed class WallClock(TimeProvider time) : IServerClock
{
    /// <summary>Longer waits are cut into pieces: a timer cannot run longer, and a clock that is set forward is noticed.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private long lastTicks;

    public WallClock()
        : this(TimeProvider.System)
    {
    }

    public DateTimeOffset Now
    {
        get
        {
            var ticks = time.GetUtcNow().UtcTicks;
            while (true)
            {
                var last = Interlocked.Read(ref lastTicks);
                if (ticks <= last)
                    return new DateTimeOffset(last, TimeSpan.Zero);
                if (Interlocked.CompareExchange(ref lastTicks, ticks, last) == last)
                    return new DateTimeOffset(ticks, TimeSpan.Zero);
            }
        }
    }

    public async Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        while (due - Now is { Ticks: > 0 } left)
            await Task.Delay(left < LongestWait ? RoundUp(left) : LongestWait, time, cancellationToken);
    }

    public void AddSource(Func<DateTimeOffset?> nextDue)
    {
        // This clock never skips: it need not know where to.
    }

    public IDisposable Hold() => NoHold.Instance;

    public void Report(RunKey run, bool isWorking)
    {
        // As above.
    }

    /// <summary>Timers count whole milliseconds and cut off the rest; without this the last fraction would be waited for in a busy loop.</summary>
    private static TimeSpan RoundUp(TimeSpan left) => TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));

    private sealed class NoHold : IDisposable
    {
        public static readonly NoHold Instance = new();

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
