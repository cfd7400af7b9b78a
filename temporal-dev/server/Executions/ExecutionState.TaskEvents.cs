using Temporalio.Api.TaskQueue.V1;

namespace Temporalio.DevServer.Executions;

// The two events that every workflow task has, also where they are not stored.
internal sealed partial class ExecutionState
{
    /// <summary>
    /// Events of the pending workflow task that are not stored because it is a repeated attempt or made for an update. They follow the stored ones
    /// in the task that the worker gets, and in histories read to their end meanwhile.
    /// </summary>
    /// <param name="toItsWorker">Whether the worker is told; other readers do not learn who it is, as on the real server.</param>
    public IReadOnlyList<HistoryEvent> LeftOutEvents(bool toItsWorker)
    {
        if (!IsOpen || Task is not { } task || (!task.IsTransient && !task.IsSpeculative) || task.ScheduledEventId != NextEventId)
            return [];
        var scheduled = ScheduledEvent(task, task.ScheduledTime);
        scheduled.EventId = task.ScheduledEventId;
        if (!task.IsStarted)
            return [scheduled];
        var started = StartedEvent(task, toItsWorker ? task.Identity : "");
        started.EventId = task.StartedEventId;
        return [scheduled, started];
    }

    internal HistoryEvent ScheduledEvent(WorkflowTaskState task, DateTimeOffset time) => new()
    {
        EventType = EventType.WorkflowTaskScheduled,
        EventTime = Durations.Stamp(time),
        WorkflowTaskScheduledEventAttributes = new WorkflowTaskScheduledEventAttributes
        {
            TaskQueue = CurrentQueue(),
            StartToCloseTimeout = Durations.Of(task.Timeout),
            Attempt = task.Attempt,
        },
    };

    internal static HistoryEvent StartedEvent(WorkflowTaskState task, string identity)
    {
        var attributes = new WorkflowTaskStartedEventAttributes
        {
            ScheduledEventId = task.ScheduledEventId,
            Identity = identity,
            RequestId = task.RequestId,
            SuggestContinueAsNew = task.SuggestContinueAsNew,
            HistorySizeBytes = task.HistorySizeBytes,
            WorkerVersion = task.Version,
        };
        attributes.SuggestContinueAsNewReasons.AddRange(task.SuggestReasons);
        return new HistoryEvent
        {
            EventType = EventType.WorkflowTaskStarted,
            EventTime = Durations.Stamp(task.StartedTime),
            WorkflowTaskStartedEventAttributes = attributes,
        };
    }

    internal TaskQueue NormalQueue() => new() { Name = TaskQueue, Kind = TaskQueueKind.Normal };

    /// <summary>The worker's own queue while there is one, else the run's.</summary>
    internal TaskQueue CurrentQueue() => StickyTaskQueue is { } sticky
        ? new TaskQueue { Name = sticky, Kind = TaskQueueKind.Sticky, NormalName = TaskQueue }
        : NormalQueue();
}
