using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Tests.Schedules;

/// <summary>A clock that a test moves: it goes to the next due time of its sources when nobody holds it, as a skipping clock does, but only when told.</summary>
internal sealed class ManualClock(DateTimeOffset start) : IServerClock
{
    private readonly Lock gate = new();
    private readonly List<(DateTimeOffset Due, TaskCompletionSource Reached)> waiters = [];
    private readonly List<Func<DateTimeOffset?>> sources = [];
    private DateTimeOffset now = start;
    private int holds;

    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return now;
        }
    }

    public Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (due <= now)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((due, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public void AddSource(Func<DateTimeOffset?> nextDue) => sources.Add(nextDue);

    /// <summary>Whoever named times is gone.</summary>
    public void ForgetSources() => sources.Clear();

    public IDisposable Hold()
    {
        Interlocked.Increment(ref holds);
        return new Held(this);
    }

    public void Report(RunKey run, bool isWorking)
    {
        // Runs are the test's own.
    }

    /// <summary>Lets time pass from due time to due time, each dealt with before the next, until <paramref name="end"/>.</summary>
    public async Task PassAsync(DateTimeOffset end)
    {
        while (true)
        {
            await UntilQuietAsync();
            var next = sources.Select(s => s()).Where(d => d <= end).Min();
            Set(next ?? end);
            if (next is null)
                break;
        }

        await UntilQuietAsync();
    }

    /// <summary>Waits until nothing is due and nobody holds the clock.</summary>
    public async Task UntilQuietAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Volatile.Read(ref holds) > 0 || sources.Any(s => s() <= Now))
            await Task.Delay(1, limit.Token);
    }

    private void Set(DateTimeOffset time)
    {
        List<TaskCompletionSource> due;
        lock (gate)
        {
            now = time > now ? time : now;
            due = waiters.Where(w => w.Due <= now).Select(w => w.Reached).ToList();
            waiters.RemoveAll(w => w.Due <= now);
        }

        due.ForEach(d => d.TrySetResult());
    }

    private sealed class Held(ManualClock clock) : IDisposable
    {
        private int disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, 1) == 0)
                Interlocked.Decrement(ref clock.holds);
        }
    }
}
