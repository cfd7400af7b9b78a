namespace Temporalio.DevServer.Clock;

/// <summary>
/// The server's time: everything that histories show and that timers go by. How long a caller may wait for an answer is not its business: that is the
/// machine's time.
/// </summary>
internal interface IServerClock
{
    /// <summary>The time now, UTC. Never goes backwards.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Returns when <see cref="Now"/> has reached a time.</summary>
    /// <param name="due">The time; one that has passed returns at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>
    /// Names somebody who acts by himself at certain times. A clock that skips goes to the earliest time that any of them names, and never further.
    /// </summary>
    /// <param name="nextDue">When he will act next, or null; asked at any moment, from any thread.</param>
    void AddSource(Func<DateTimeOffset?> nextDue);

    /// <summary>Time does not skip until the result is disposed: for what is due and not done yet, and for what is on its way between runs.</summary>
    IDisposable Hold();

    /// <summary>Says whether somebody works for a run, so that time must not skip. Only the last word about a run counts.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isWorking">Whether a task of it is waiting or under way.</param>
    void Report(RunKey run, bool isWorking);
}

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
