namespace Temporalio.DevServer.Engine;

/// <summary>
/// Who waits for a run to change: history long polls, updates, queries. Waiters look at the run under its lock, and wait from a moment before they looked.
/// </summary>
internal sealed class RunChanges
{
    private readonly Lock gate = new();
    private readonly Dictionary<RunKey, Watched> watched = [];

    /// <summary>Begins to watch a run, in memory or not.</summary>
    public Watch Begin(RunKey run)
    {
        lock (gate)
        {
            if (!watched.TryGetValue(run, out var entry))
                watched.Add(run, entry = new Watched());
            entry.Watchers++;
            return new Watch(this, run, entry);
        }
    }

    /// <summary>Says that a run has changed, or is gone.</summary>
    /// <param name="run">The run.</param>
    /// <param name="closed">Whether it has closed or is gone.</param>
    public void Notify(RunKey run, bool closed)
    {
        TaskCompletionSource? changed;
        TaskCompletionSource? ended = null;
        lock (gate)
        {
            if (!watched.TryGetValue(run, out var entry))
                return;
            (changed, entry.Changed) = (entry.Changed, null);
            if (closed)
                (ended, entry.Closed) = (entry.Closed, null);
        }

        changed?.TrySetResult();
        ended?.TrySetResult();
    }

    private void End(RunKey run, Watched entry)
    {
        lock (gate)
        {
            if (--entry.Watchers == 0)
                watched.Remove(run);
        }
    }

    /// <summary>One waiter.</summary>
    internal sealed class Watch(RunChanges changes, RunKey run, Watched entry) : IDisposable
    {
        /// <summary>The next change after now.</summary>
        public Task NextChange()
        {
            lock (changes.gate)
                return (entry.Changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        /// <summary>The run's close, if it is after now.</summary>
        public Task Close()
        {
            lock (changes.gate)
                return (entry.Closed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        public void Dispose() => changes.End(run, entry);
    }

    internal sealed class Watched
    {
        public int Watchers { get; set; }

        public TaskCompletionSource? Changed { get; set; }

        public TaskCompletionSource? Closed { get; set; }
    }
}
