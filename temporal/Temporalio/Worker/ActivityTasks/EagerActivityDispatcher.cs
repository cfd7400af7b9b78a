using System.Collections.Concurrent;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Worker.Tuning;
using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.Worker.ActivityTasks;

/// <summary>Lets the activity worker run activities that come with the answer to a workflow task.</summary>
internal sealed class EagerActivityDispatcher(ActivityWorker activities) : IEagerActivityDispatcher
{
    // Permits of one supplier are interchangeable, so a reservation is a number of them.
    private readonly ConcurrentBag<SlotPermit> reservedPermits = [];

    /// <inheritdoc />
    public int Reserve(int wanted)
    {
        var reserved = 0;
        while (reserved < wanted && activities.TryReserveEager() is { } permit)
        {
            reservedPermits.Add(permit);
            reserved++;
        }
        return reserved;
    }

    /// <inheritdoc />
    public void Dispatch(int reserved, IReadOnlyList<PollActivityTaskQueueResponse> tasks)
    {
        if (tasks.Count > reserved)
        {
            throw new ArgumentException($"{tasks.Count} activities came for {reserved} slots", nameof(tasks));
        }
        for (var i = 0; i < reserved; i++)
        {
            if (!reservedPermits.TryTake(out var permit))
            {
                throw new InvalidOperationException("More slots given back than reserved");
            }
            if (i < tasks.Count)
            {
                activities.Start(tasks[i], permit);
            }
            else
            {
                activities.ReleaseEager(permit);
            }
        }
    }
}
