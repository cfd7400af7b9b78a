using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;

namespace Temporalio.DevServer.Executions;

// What a description says of the run.
internal sealed partial class ExecutionState
{
    /// <summary>The real server's word for "never": the zero of Go's times.</summary>
    private static readonly Timestamp Never = new() { Seconds = -62_135_596_800 };

    /// <summary>Everything a description says of the run.</summary>
    public DescribeWorkflowExecutionResponse Describe(DateTimeOffset now)
    {
        var response = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = new WorkflowExecutionConfig
            {
                TaskQueue = new TaskQueue { Name = TaskQueue, Kind = TaskQueueKind.Normal },
                WorkflowExecutionTimeout = Started.WorkflowExecutionTimeout,
                WorkflowRunTimeout = Started.WorkflowRunTimeout,
                DefaultWorkflowTaskTimeout = Started.WorkflowTaskTimeout,
                UserMetadata = FirstEvent.UserMetadata,
            },
            WorkflowExecutionInfo = Info(),
            WorkflowExtendedInfo = Extended(),
            PendingWorkflowTask = Task is { IsSpeculative: false } task ? Pending(task) : null,
        };
        foreach (var activity in Activities.Values)
            response.PendingActivities.Add(Pending(activity, now));
        foreach (var (initiated, child) in Children)
        {
            response.PendingChildren.Add(new PendingChildExecutionInfo
            {
                WorkflowId = child.Initiated.WorkflowId,
                RunId = child.Execution?.RunId ?? "",
                WorkflowTypeName = child.Initiated.WorkflowType.Name,
                InitiatedId = initiated,
                ParentClosePolicy = child.Initiated.ParentClosePolicy,
            });
        }

        return response;
    }

    private WorkflowExecutionInfo Info()
    {
        var info = new WorkflowExecutionInfo
        {
            Execution = new WorkflowExecution { WorkflowId = Run.WorkflowId, RunId = Run.RunId },
            Type = Started.WorkflowType,
            StartTime = Durations.Stamp(StartTime),
            Status = Status,
            HistoryLength = NextEventId - 1,
            ExecutionTime = Durations.Stamp(ExecutionTime),
            Memo = Memo ?? new Memo(),
            SearchAttributes = SearchAttributes ?? new SearchAttributes(),
            AutoResetPoints = ResetPoints,
            TaskQueue = TaskQueue,
            StateTransitionCount = StateTransitionCount,
            HistorySizeBytes = HistorySizeBytes,
            MostRecentWorkerVersionStamp = MostRecentWorkerVersion,
            RootExecution = Root,
            FirstRunId = Started.FirstExecutionRunId,
            VersioningInfo = Versioning,
            WorkerDeploymentName = WorkerDeploymentName,
            Priority = Priority,
        };
        if (Started.ParentWorkflowExecution is { } parent)
        {
            info.ParentExecution = parent;
            info.ParentNamespaceId = Started.ParentWorkflowNamespaceId;
        }

        if (CloseEvent is { } closed)
        {
            info.CloseTime = closed.EventTime;
            info.ExecutionDuration = Durations.Of(closed.EventTime.ToDateTimeOffset() - ExecutionTime);
        }

        return info;
    }

    private WorkflowExecutionExtendedInfo Extended()
    {
        var extended = new WorkflowExecutionExtendedInfo
        {
            ExecutionExpirationTime = Started.WorkflowExecutionExpirationTime,
            RunExpirationTime = RunExpiration is { } expiration ? Durations.Stamp(expiration) : Never,
            CancelRequested = CancelRequested,
            LastResetTime = Stamp(LastResetTime),
            OriginalStartTime = FirstEvent.EventTime,
            ResetRunId = ResetRunId,
        };
        foreach (var (id, (type, eventId)) in RequestEvents)
            extended.RequestIdInfos.Add(id, new RequestIdInfo { EventType = type, EventId = eventId, Buffered = eventId == 0 });
        return extended;
    }

    private static PendingWorkflowTaskInfo Pending(WorkflowTaskState task) => new()
    {
        State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
        ScheduledTime = Durations.Stamp(task.ScheduledTime),
        OriginalScheduledTime = Durations.Stamp(task.OriginalScheduledTime),
        StartedTime = task.IsStarted ? Durations.Stamp(task.StartedTime) : null,
        Attempt = task.Attempt,
    };

    private static PendingActivityInfo Pending(ActivityState activity, DateTimeOffset now)
    {
        var info = new PendingActivityInfo
        {
            ActivityId = activity.Id,
            ActivityType = activity.Scheduled.ActivityType,
            State = StateOf(activity),
            HeartbeatDetails = activity.HeartbeatDetails,
            LastHeartbeatTime = Stamp(activity.LastHeartbeatTime),
            LastStartedTime = activity.IsStarted ? Durations.Stamp(activity.StartedTime) : null,
            Attempt = activity.Attempt,
            MaximumAttempts = activity.RetryPolicy.MaximumAttempts,
            ScheduledTime = Durations.Stamp(activity.AttemptScheduledTime),
            ExpirationTime = Stamp(activity.Expiration),
            LastFailure = activity.LastFailure,
            LastWorkerIdentity = activity.LastWorkerIdentity,
            LastAttemptCompleteTime = Stamp(activity.LastAttemptCompleteTime),
            Paused = activity.Pause is not null,
            Priority = activity.Options?.Priority ?? activity.Scheduled.Priority,
            ActivityOptions = activity.Options?.Clone() ?? OptionsOf(activity),
        };
        info.ActivityOptions.TaskQueue = new TaskQueue { Name = activity.TaskQueue, NormalName = activity.TaskQueue };
        if (activity.Attempt > 1 && !activity.IsStarted && activity.AttemptScheduledTime > now && activity.Pause is null)
            info.NextAttemptScheduleTime = Durations.Stamp(activity.AttemptScheduledTime);
        if (activity is { Attempt: > 1, IsStarted: false, Pause: null, LastAttemptCompleteTime: { } completed } && activity.AttemptScheduledTime > completed)
            info.CurrentRetryInterval = Durations.Of(activity.AttemptScheduledTime - completed);
        if (activity.Pause is { } pause)
        {
            info.PauseInfo = new PendingActivityInfo.Types.PauseInfo
            {
                PauseTime = pause.Time,
                Manual = new PendingActivityInfo.Types.PauseInfo.Types.Manual { Identity = pause.Identity, Reason = pause.Reason },
            };
        }

        return info;
    }

    private static PendingActivityState StateOf(ActivityState activity)
    {
        if (activity.CancelRequested)
            return PendingActivityState.CancelRequested;
        if (activity.Pause is not null)
            return activity.IsStarted ? PendingActivityState.PauseRequested : PendingActivityState.Paused;
        return activity.IsStarted ? PendingActivityState.Started : PendingActivityState.Scheduled;
    }

    /// <summary>The options that the workflow gave an activity.</summary>
    internal static ActivityOptions OptionsOf(ActivityState activity) => new()
    {
        TaskQueue = activity.Scheduled.TaskQueue.Clone(),
        ScheduleToCloseTimeout = activity.Scheduled.ScheduleToCloseTimeout,
        ScheduleToStartTimeout = activity.Scheduled.ScheduleToStartTimeout,
        StartToCloseTimeout = activity.Scheduled.StartToCloseTimeout,
        HeartbeatTimeout = activity.Scheduled.HeartbeatTimeout,
        RetryPolicy = activity.Scheduled.RetryPolicy.Clone(),
        Priority = activity.Scheduled.Priority,
    };
}
