using Temporalio.Api.Deployment.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>A task that waits for a poller. It names a state of its run; when that state has gone, starting it yields null and it is dropped.</summary>
internal abstract record TaskToOffer
{
    public required RunKey Run { get; init; }

    /// <summary>The queue to wait in; for workflow tasks the worker's own one while the run is sticky.</summary>
    public required string TaskQueue { get; init; }

    /// <summary>Names the task within the run.</summary>
    public required long ScheduledEventId { get; init; }

    /// <summary>Which attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Grows when what is offered changes without a new attempt, so that the offer before is stale.</summary>
    public int Stamp { get; init; }

    /// <summary>When it began to wait.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>As the start or the command named it, or null.</summary>
    public Priority? Priority { get; init; }
}

/// <summary>A workflow task.</summary>
internal sealed record WorkflowTaskToOffer : TaskToOffer
{
    /// <summary>The run's own queue if <see cref="TaskToOffer.TaskQueue"/> is a worker's: where to offer it when nobody has polled that for 10 s. Null if the run is not sticky.</summary>
    public string? NormalTaskQueue { get; init; }

    /// <summary>Nothing of it is stored: it must be matched within this process's life.</summary>
    public bool IsSpeculative { get; init; }
}

/// <summary>An activity task.</summary>
internal sealed record ActivityTaskToOffer : TaskToOffer
{
    public required string ActivityId { get; init; }

    /// <summary>To be started with the answer that scheduled it (eager execution) rather than offered, if the worker's answer can carry it.</summary>
    public bool IsEager { get; init; }
}

/// <summary>Who takes a task.</summary>
/// <param name="Identity">The worker's name for itself.</param>
/// <param name="TaskQueue">The queue polled.</param>
/// <param name="IsSticky">Whether that queue is the worker's own.</param>
/// <param name="Deployment">The worker's version, or null.</param>
/// <param name="Version">The worker's build as events record it, or null.</param>
internal sealed record PollerFacts(string Identity, string TaskQueue, bool IsSticky, WorkerDeploymentOptions? Deployment = null, WorkerVersionStamp? Version = null)
{
    /// <summary>The worker that answers a workflow task and takes the next one, or eager activities, with the answer.</summary>
    public static PollerFacts Of(RespondWorkflowTaskCompletedRequest request) =>
        new(request.Identity, request.StickyAttributes?.WorkerTaskQueue?.Name ?? "", IsSticky: true, request.DeploymentOptions, request.WorkerVersionStamp);
}

/// <summary>A workflow task that has been handed out; it may be answered to the poller once the transition is committed.</summary>
/// <param name="Task">To be written into the task token.</param>
/// <param name="Response">The answer without token, history, queries and page token: ids, type, attempt, times, previous started event, protocol messages, queue.</param>
/// <param name="HistoryFrom">First event to ship: 1, or for a sticky poller the one after the previous started event.</param>
/// <param name="HistoryTo">Stored events are shipped up to, not including, this id.</param>
/// <param name="Suffix">Events to ship after the stored ones: those of a transient or speculative task.</param>
internal sealed record StartedWorkflowTask(
    WorkflowTaskRef Task, PollWorkflowTaskQueueResponse Response, long HistoryFrom, long HistoryTo, IReadOnlyList<HistoryEvent> Suffix);

/// <summary>Names a workflow task that a worker holds, as its task token does.</summary>
internal readonly record struct WorkflowTaskRef(long ScheduledEventId, long StartedEventId, int Attempt);

/// <summary>
/// What came of a worker's answer to a workflow task. Eager activities and the next workflow task are among <see cref="Transition.Offers"/>: start
/// them within the same transition and put them in the answer.
/// </summary>
internal sealed record CompletedWorkflowTask
{
    /// <summary>To which event the worker must fall back, because a speculative task was dropped; 0 if none.</summary>
    public long ResetHistoryEventId { get; init; }

    /// <summary>What to answer after the commit instead: the commands were invalid and the task has failed. The transition must be committed all the same.</summary>
    public RpcRefusal? Refusal { get; init; }
}

/// <summary>An activity task that has been handed out; it may be answered to the poller once the transition is committed.</summary>
/// <param name="Activity">To be written into the task token.</param>
/// <param name="Response">The whole answer but for the token.</param>
internal sealed record StartedActivity(ActivityRef Activity, PollActivityTaskQueueResponse Response);

/// <summary>Names an activity as its worker does: by what the task token says, or by activity id alone (asynchronous completion).</summary>
/// <param name="ActivityId">The activity id; null where the token is enough.</param>
/// <param name="ScheduledEventId">From the token; 0 by id.</param>
/// <param name="Attempt">From the token; 0 by id: whatever attempt is running.</param>
/// <param name="StartedTicks">From the token: UTC ticks of the attempt's start, which tells apart two runs of one attempt (after an operator's reset); 0: no check.</param>
internal readonly record struct ActivityRef(string? ActivityId, long ScheduledEventId = 0, int Attempt = 0, long StartedTicks = 0)
{
    public static ActivityRef ById(string activityId) => new(activityId);
}

/// <summary>What the worker of an activity is told at a heartbeat.</summary>
internal readonly record struct HeartbeatFacts(bool CancelRequested, bool Paused, bool Reset);
