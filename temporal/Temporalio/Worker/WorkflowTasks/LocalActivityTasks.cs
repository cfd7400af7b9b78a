using System.Collections.Concurrent;
using Temporalio.Worker.WorkflowHistory;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// The local activities of a run that are being run.
/// </summary>
/// <param name="queue">What the run wants.</param>
/// <param name="runner">What runs local activities, null if nothing does.</param>
internal sealed class LocalActivityTasks(LocalActivityQueue queue, ILocalActivityRunner? runner) 
{
    // Concurrent, since an eviction can cancel while a task runs.
    private readonly ConcurrentDictionary<uint, (Task<LocalActivityOutcome> Task, CancellationTokenSource Cancel)> running = [];

    /// <summary>Starts and cancels what the run wants.</summary>
    /// <exception cref="InvalidOperationException">The worker runs no activities.</exception>
    internal void Start()
    {
        var (start, cancel) = queue.Take();
        foreach (var request in start)
        {
            if (runner == null)
            {
                throw new InvalidOperationException(
                    $"Local activity {request.ActivityType} cannot run: this worker has no activities");
            }
            var source = new CancellationTokenSource();
            running[request.Sequence] = (runner.RunAsync(request, source.Token), source);
        }
        foreach (var sequence in cancel)
        {
            if (running.TryGetValue(sequence, out var activity))
            {
                activity.Cancel.Cancel();
            }
        }
    }

    /// <summary>Waits until a local activity has ended.</summary>
    /// <param name="deadline">Ends the wait.</param>
    /// <returns>All that have ended, in the order in which they were asked for; none at the deadline.</returns>
    internal async Task<IReadOnlyList<(uint Sequence, LocalActivityOutcome Outcome)>> AnyEndAsync(Task deadline)
    {
        await Task.WhenAny(running.Values.Select(r => (Task)r.Task).Append(deadline)).ConfigureAwait(false);
        var ended = new List<(uint Sequence, LocalActivityOutcome Outcome)>();
        foreach (var (sequence, activity) in running.Where(r => r.Value.Task.IsCompleted).OrderBy(r => r.Key).ToArray())
        {
            ended.Add((sequence, await activity.Task.ConfigureAwait(false)));
            running.TryRemove(sequence, out _);
        }
        return ended;
    }

    /// <summary>Cancels all that run.</summary>
    internal void CancelAll()
    {
        foreach (var (_, cancel) in running.Values)
        {
            cancel.Cancel();
        }
    }
}
