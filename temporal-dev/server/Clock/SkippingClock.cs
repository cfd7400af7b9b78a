namespace Temporalio.DevServer.Clock;

/// <summary>
/// The time of a time-skipping server: the machine's time plus what was skipped. It goes to the next moment at which anything is due, at once, while nobody locks
/// it, no run has a task that waits or is under way, and nothing that was due is still in somebody's hands. Otherwise it runs as the machine's does.
/// </summary>
internal sealed class SkippingClock : IServerClock, IAsyncDisposable
{
    /// <summary>How long to wait at most before looking again whether time may skip: sources do not say when their times change.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly List<Func<DateTimeOffset?>> sources = [];
    private readonly HashSet<RunKey> working = [];
    private readonly PriorityQueue<Sleeper, DateTimeOffset> sleepers = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly Task skipping;
    private long lastTicks;
    private TimeSpan skipped;
    private int locks;
    private int holds;

    // Raised by whatever decides whether time may skip, so that a look at the sources can be told to be out of date.
    private long generation;

    /// <param name="time">The machine's time.</param>
    /// <param name="locks">What the lock counter begins with: 1 for a server that does not skip until it is told to.</param>
    public SkippingClock(TimeProvider time, int locks)
    {
        this.time = time;
        this.locks = locks;
        skipping = Task.Run(SkipAsync, CancellationToken.None);
    }

    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return Read();
        }
    }

    /// <summary>Gets how often the clock is locked; at 0 it skips.</summary>
    public int Locks
    {
        get
        {
            lock (gate)
                return locks;
        }
    }

    public async Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        while (true)
        {
            var sleeper = new Sleeper();
            TimeSpan left;
            lock (gate)
            {
                left = due - Read();
                if (left <= TimeSpan.Zero)
                    return;
                while (sleepers.TryPeek(out var first, out _) && first.IsGone)
                    sleepers.Dequeue();
                sleepers.Enqueue(sleeper, due);
            }
            try
            {
                await sleeper.Woken.WaitAsync(WholeMilliseconds(left), time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The machine's time has come to it without skipping.
            }
            finally
            {
                sleeper.IsGone = true;
            }
        }
    }

    public void AddSource(Func<DateTimeOffset?> nextDue)
    {
        lock (gate)
            sources.Add(nextDue);
    }

    public IDisposable Hold()
    {
        lock (gate)
        {
            holds++;
            generation++;
        }
        return new Released(this);
    }

    public void Report(RunKey run, bool isWorking)
    {
        lock (gate)
        {
            if (isWorking ? working.Add(run) : working.Remove(run))
                Change();
        }
    }

    /// <summary>Locks once more: time runs at the machine's pace until as many unlock.</summary>
    public void Lock()
    {
        lock (gate)
        {
            locks++;
            Change();
        }
    }

    /// <summary>Takes back one lock.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryUnlock()
    {
        lock (gate)
        {
            if (locks == 0)
                return false;
            locks--;
            Change();
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await skipping;
        stopping.Dispose();
        changed.Dispose();
    }

    private async Task SkipAsync()
    {
        try
        {
            while (true)
            {
                while (TrySkip())
                    await Task.Yield();
                await changed.WaitAsync(Locks > 0 ? Timeout.InfiniteTimeSpan : LookInterval, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
    }

    /// <summary>Goes to the next time that anybody names, if it may. The clock does so by itself; a test may ask whether it would.</summary>
    internal bool TrySkip()
    {
        long seen;
        Func<DateTimeOffset?>[] all;
        lock (gate)
        {
            if (!MaySkip)
                return false;
            seen = generation;
            all = [.. sources];
        }
        // Outside the lock: a source takes its own lock, and its owner may call us under it.
        if (Earliest(all) is not { } due)
            return false;
        List<Sleeper> woken = [];
        lock (gate)
        {
            // Whoever worked in between may have set an earlier time after we asked.
            var ahead = due - Read();
            if (seen != generation || ahead <= TimeSpan.Zero)
                return false;
            skipped += ahead;
            var now = Read();
            while (sleepers.TryPeek(out var sleeper, out var at) && (sleeper.IsGone || at <= now))
                woken.Add(sleepers.Dequeue());
        }
        foreach (var sleeper in woken)
            sleeper.Wake();
        return true;
    }

    private bool MaySkip => locks == 0 && holds == 0 && working.Count == 0;

    private void Change()
    {
        generation++;
        if (changed.CurrentCount == 0)
            changed.Release();
    }

    private static DateTimeOffset? Earliest(Func<DateTimeOffset?>[] sources)
    {
        DateTimeOffset? earliest = null;
        foreach (var source in sources)
        {
            if (source() is { } due && (earliest is null || due < earliest))
                earliest = due;
        }
        return earliest;
    }

    private DateTimeOffset Read()
    {
        lastTicks = Math.Max(lastTicks, (time.GetUtcNow() + skipped).UtcTicks);
        return new DateTimeOffset(lastTicks, TimeSpan.Zero);
    }

    private void Release()
    {
        lock (gate)
        {
            holds--;
            Change();
        }
    }

    // The longest wait of a timer, and no fractions, which timers cut off.
    private static TimeSpan WholeMilliseconds(TimeSpan left) => TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left.TotalMilliseconds), uint.MaxValue - 2));

    private sealed class Sleeper
    {
        private readonly TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Woken => woken.Task;

        public volatile bool IsGone;

        public void Wake() => woken.TrySetResult();
    }

    private sealed class Released(SkippingClock clock) : IDisposable
    {
        private int done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref done, 1) == 0)
                clock.Release();
        }
    }
}
