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

/// <summary>Things that are to be done at their time; one consumer waits for them without polling.</summary>
/// <param name="clock">The clock of the due times and of the waiting.</param>
public sealed class Agenda<T>(TimeProvider clock)
{
    private readonly PriorityQueue<T, DateTimeOffset> queue = new();
    private readonly Lock gate = new();
    private TaskCompletionSource changed = NewSignal();

    public void Add(T item, DateTimeOffset dueAt)
    {
        TaskCompletionSource? signal = null;
        lock (gate)
        {
            // Only a new head shortens the wait.
            if (!queue.TryPeek(out _, out var head) || dueAt < head)
                (signal, changed) = (changed, NewSignal());
            queue.Enqueue(item, dueAt);
        }

        signal?.TrySetResult();
    }

    /// <summary>Waits until something is due and takes all that is, at most <paramref name="limit"/>.</summary>
    public async Task<List<T>> TakeDueAsync(int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task signal;
            TimeSpan pause;
            lock (gate)
            {
                var now = clock.GetUtcNow();
                var due = new List<T>();
                while (due.Count < limit && queue.TryPeek(out _, out var at) && at <= now)
                    due.Add(queue.Dequeue());
                if (due.Count > 0)
                    return due;
                signal = changed.Task;
                // Task.Delay takes at most about 49 days; a minute at a time costs nothing.
                pause = queue.TryPeek(out _, out var next) ? TimeSpan.FromTicks(Math.Min((next - now).Ticks, TimeSpan.TicksPerMinute)) : Timeout.InfiniteTimeSpan;
            }

            await WaitAsync(signal, pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(Task signal, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = Task.Delay(pause, clock, done.Token);
        await Task.WhenAny(signal, timer).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
