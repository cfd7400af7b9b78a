using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Runtime;
using Temporalio.Worker.ActivityTasks;
using Temporalio.Worker.Tuning;

namespace Temporalio.Worker;

/// <summary>What a worker counts of itself, under the names and tags of the official SDKs.</summary>
internal sealed class WorkerMetrics
{
    private readonly RuntimeMetrics runtime;
    private readonly KeyValuePair<string, object>[] tags;

    /// <summary>Initializes a new instance of the <see cref="WorkerMetrics"/> class.</summary>
    /// <param name="runtime">Where it counts.</param>
    /// <param name="workerNamespace">Namespace of the worker.</param>
    /// <param name="taskQueue">Its task queue.</param>
    internal WorkerMetrics(RuntimeMetrics runtime, string workerNamespace, string taskQueue)
    {
        this.runtime = runtime;
        tags = [new("namespace", workerNamespace), new("task_queue", taskQueue)];
    }

    /// <summary>What hears of the number of polls of one kind.</summary>
    /// <param name="kind">Kind, such as <c>activity_task</c>.</param>
    /// <returns>Listener, null if nobody counts.</returns>
    internal Action<int>? Pollers(string kind) =>
        runtime.IsEnabled ? number => runtime.NumPollers.Set(number, [.. tags, new("poller_type", kind)]) : null;

    /// <summary>Makes a pool of slots that counts them, if anybody counts.</summary>
    /// <param name="supplier">Makes the pool.</param>
    /// <param name="type">Kind of work.</param>
    /// <param name="logger">For failures of user code.</param>
    /// <returns>The pool.</returns>
    internal ISlotPool NewPool(SlotSupplier supplier, SlotType type, ILogger logger)
    {
        var pool = supplier.NewPool(type, logger);
        if (!runtime.IsEnabled)
        {
            return pool;
        }
        var typeTags = With("worker_type", type switch
        {
            SlotType.Workflow => "WorkflowWorker",
            SlotType.Activity => "ActivityWorker",
            SlotType.LocalActivity => "LocalActivityWorker",
            _ => "NexusWorker",
        });
        return new MeteredSlotPool(pool, (supplier as FixedSizeSlotSupplier)?.NumSlots, (used, available) => SlotsChanged(used, available, typeTags, logger));
    }

    /// <summary>An attempt of a local activity ended.</summary>
    /// <param name="activityType">Activity type.</param>
    /// <param name="took">How long it took, its wait for a slot included.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="scheduled">When the activity was first scheduled, UTC; null if that is this attempt.</param>
    internal void LocalActivityEnded(string activityType, TimeSpan took, ActivityOutcome outcome, DateTime? scheduled)
    {
        if (!runtime.IsEnabled)
        {
            return;
        }
        var typeTags = With("activity_type", activityType);
        runtime.LocalActivityTotal.Add(1, typeTags);
        runtime.LocalActivityExecution.Record(took, typeTags);
        switch (outcome)
        {
            case ActivityOutcome.Completed:
                runtime.LocalActivityEndToEnd.Record(scheduled is { } first ? DateTime.UtcNow - first : took, typeTags);
                break;
            case ActivityOutcome.Cancelled:
                runtime.LocalActivityCancelled.Add(1, typeTags);
                break;
            default:
                runtime.LocalActivityFailed.Add(1, typeTags);
                break;
        }
    }

    /// <summary>A poll ended.</summary>
    /// <param name="workflow">Whether it was one for workflow tasks.</param>
    /// <param name="gotTask">Whether it brought a task.</param>
    internal void Polled(bool workflow, bool gotTask)
    {
        if (!runtime.IsEnabled)
        {
            return;
        }
        if (workflow)
        {
            (gotTask ? runtime.WorkflowPollSucceeded : runtime.WorkflowPollEmpty).Add(1, tags);
        }
        else if (!gotTask)
        {
            runtime.ActivityPollEmpty.Add(1, tags);
        }
    }

    /// <summary>A workflow task came.</summary>
    /// <param name="workflowType">Workflow type.</param>
    /// <param name="waited">How long it lay on the task queue.</param>
    /// <param name="cached">Whether its run is kept here; null if it is new.</param>
    internal void WorkflowTaskCame(string workflowType, TimeSpan? waited, bool? cached)
    {
        if (!runtime.IsEnabled)
        {
            return;
        }
        if (waited is { } time)
        {
            runtime.WorkflowTaskScheduleToStart.Record(time, With("workflow_type", workflowType));
        }
        if (cached is { } hit)
        {
            (hit ? runtime.StickyCacheHit : runtime.StickyCacheMiss).Add(1, tags);
        }
    }

    /// <summary>A workflow task was worked off.</summary>
    /// <param name="workflowType">Workflow type.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="failure">Why it failed, as the metrics call it; null if it did not.</param>
    internal void WorkflowTaskEnded(string workflowType, TimeSpan took, string? failure)
    {
        if (!runtime.IsEnabled)
        {
            return;
        }
        runtime.WorkflowTaskExecution.Record(took, With("workflow_type", workflowType));
        if (failure != null)
        {
            runtime.WorkflowTaskFailed.Add(1, [.. tags, new("workflow_type", workflowType), new("failure_reason", failure)]);
        }
    }

    /// <summary>The server took the commands of a workflow task.</summary>
    /// <param name="workflowType">Workflow type.</param>
    /// <param name="commands">Commands.</param>
    /// <param name="started">When the run started, UTC.</param>
    internal void WorkflowTaskTaken(string workflowType, IEnumerable<Command> commands, DateTime? started)
    {
        if (!runtime.IsEnabled)
        {
            return;
        }
        foreach (var command in commands)
        {
            var counter = command.CommandType switch
            {
                CommandType.CompleteWorkflowExecution => runtime.WorkflowCompleted,
                CommandType.FailWorkflowExecution => runtime.WorkflowFailed,
                CommandType.CancelWorkflowExecution => runtime.WorkflowCanceled,
                CommandType.ContinueAsNewWorkflowExecution => runtime.WorkflowContinuedAsNew,
                _ => null,
            };
            if (counter == null)
            {
                continue;
            }
            counter.Add(1, With("workflow_type", workflowType));
            if (started is { } begin)
            {
                runtime.WorkflowEndToEnd.Record(DateTime.UtcNow - begin, With("workflow_type", workflowType));
            }
        }
    }

    /// <summary>An activity came.</summary>
    /// <param name="activityType">Activity type.</param>
    /// <param name="waited">How long it lay on the task queue.</param>
    internal void ActivityCame(string activityType, TimeSpan waited)
    {
        if (runtime.IsEnabled)
        {
            runtime.ActivityScheduleToStart.Record(waited, With("activity_type", activityType));
        }
    }

    /// <summary>An activity ended.</summary>
    /// <param name="activityType">Activity type.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="failed">Whether it failed.</param>
    /// <param name="scheduled">When it was scheduled, UTC.</param>
    internal void ActivityEnded(string activityType, TimeSpan took, bool failed, DateTime scheduled)
    {
        if (!runtime.IsEnabled)
        {
            return;
        }
        runtime.ActivityExecution.Record(took, With("activity_type", activityType));
        if (failed)
        {
            runtime.ActivityFailed.Add(1, With("activity_type", activityType));
        }
        else
        {
            runtime.ActivityEndToEnd.Record(DateTime.UtcNow - scheduled, With("activity_type", activityType));
        }
    }

    // The meter is the application's: if it throws, that must not cost a slot.
    [SuppressMessage("Design", "CA1031", Justification = "Ends in the log")]
    private void SlotsChanged(int used, int? available, KeyValuePair<string, object>[] typeTags, ILogger logger)
    {
        try
        {
            runtime.SlotsUsed.Set(used, typeTags);
            if (available is { } free)
            {
                runtime.SlotsAvailable.Set(free, typeTags);
            }
        }
        catch (Exception e)
        {
            logger.LogDebug(e, "Number of slots was not counted");
        }
    }

    private KeyValuePair<string, object>[] With(string name, string value) => [.. tags, new(name, value)];
}
