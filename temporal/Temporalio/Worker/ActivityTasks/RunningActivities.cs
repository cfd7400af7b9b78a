using System.Collections.Concurrent;
using Temporalio.Activities;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>The attempts that a worker is busy with.</summary>
internal sealed class RunningActivities : IDisposable
{
    private readonly ConcurrentDictionary<ActivityAttempt, Task> attempts = new();
    private readonly CancellationTokenSource shutdown = new();

    /// <summary>Gets how many there are.</summary>
    internal int Count => attempts.Count;

    /// <summary>Gets a token that is cancelled when all attempts are, and those that still come, because the worker shuts
    /// down.</summary>
    internal CancellationToken ShutdownToken => shutdown.Token;

    /// <inheritdoc />
    public void Dispose() => shutdown.Dispose();

    /// <summary>Runs an attempt and remembers it while it runs.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="run">Starts it; must not throw.</param>
    internal void Start(ActivityAttempt attempt, Func<Task> run)
    {
        // In the list before it runs, so that whoever waits for the list to empty cannot miss it.
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        attempts[attempt] = gate.Task;
        if (shutdown.IsCancellationRequested)
        {
            CancelForShutdown(attempt);
        }
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await run().ConfigureAwait(false);
            }
            finally
            {
                attempts.TryRemove(attempt, out _);
                gate.SetResult();
            }
        }
    }

    /// <summary>Cancels all attempts, and those that may still come, because the worker shuts down.</summary>
    internal void CancelAllForShutdown()
    {
        shutdown.Cancel();
        foreach (var attempt in attempts.Keys)
        {
            CancelForShutdown(attempt);
        }
    }

    /// <summary>Waits until none is left. No new ones may be started meanwhile but by those that run.</summary>
    /// <returns>Task that ends then.</returns>
    internal async Task WhenEmptyAsync()
    {
        while (!attempts.IsEmpty)
        {
            await Task.WhenAll(attempts.Values).ConfigureAwait(false);
        }
    }

    private static void CancelForShutdown(ActivityAttempt attempt) =>
        attempt.Cancel(ActivityCancelReason.WorkerShutdown, new() { IsWorkerShutdown = true });
}
