using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Matching;

/// <summary>
/// A task that waits for a poller. It says where the task is; whoever takes it asks the run whether it still stands.
/// </summary>
/// <param name="Task">What the run offered. A later offer of the same task replaces an earlier one.</param>
internal sealed record QueuedTask(TaskToOffer Task)
{
    public RunKey Run => Task.Run;

    public long ScheduledEventId => Task.ScheduledEventId;

    public TaskQueueType Type => Task is WorkflowTaskToOffer ? TaskQueueType.Workflow : TaskQueueType.Activity;

    /// <summary>1 is handed out first, 5 last.</summary>
    public int Priority => Task.Priority is { PriorityKey: > 0 } named ? Math.Min(named.PriorityKey, TaskQueue.LowestPriority) : TaskQueue.DefaultPriority;

    /// <summary>Server time since when it waits.</summary>
    public DateTimeOffset OfferedAt => Task.ScheduledAt;
}
