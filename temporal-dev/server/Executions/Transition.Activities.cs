using Temporalio.Api.Command.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.DevServer.Executions;

// Activities: attempts are kept beside the events; started and the end are written together when no attempt follows.
internal sealed partial class Transition
{
    private const int MaxFailureBytes = 4 * 1024;

    /// <summary>Hands an activity task out; null if the offer is stale.</summary>
    public StartedActivity? StartActivity(ActivityTaskToOffer offer, PollerFacts poller)
    {
        Offers.RemoveAll(o => o is ActivityTaskToOffer && o.ScheduledEventId == offer.ScheduledEventId);
        if (!State.IsOpen || !State.Activities.TryGetValue(offer.ScheduledEventId, out var activity) || activity.IsStarted
            || activity.Attempt != offer.Attempt || activity.Stamp != offer.Stamp || activity.Pause is not null)
        {
            return null;
        }

        activity.IsStarted = true;
        activity.IsOffered = false;
        activity.StartedTime = Now;
        activity.LastStartedTime = Now;
        activity.StartedIdentity = poller.Identity;
        activity.LastWorkerIdentity = poller.Identity;
        activity.RequestId = context.Ids.NewUuid();
        changed = true;
        return new StartedActivity(new ActivityRef(activity.Id, activity.ScheduledEventId, activity.Attempt, activity.StartedTime.UtcTicks), Response(activity));
    }

    /// <summary>Takes an activity's result.</summary>
    /// <exception cref="RpcRefusal">The activity is gone.</exception>
    public void CompleteActivity(ActivityRef reference, Payloads? result, string identity, WorkerVersionStamp? version = null)
    {
        var activity = Require(reference);
        var e = Ending(activity, EventType.ActivityTaskCompleted);
        e.ActivityTaskCompletedEventAttributes = new ActivityTaskCompletedEventAttributes
        {
            ScheduledEventId = activity.ScheduledEventId,
            StartedEventId = WriteStarted(activity, version),
            Result = result,
            Identity = identity,
        };
        Append(e);
        ScheduleTask();
    }

    /// <summary>Takes an activity's failure: another attempt follows, or the workflow hears of it.</summary>
    /// <exception cref="RpcRefusal">The activity is gone.</exception>
    public void FailActivity(ActivityRef reference, Failure? failure, string identity, Payloads? lastHeartbeatDetails, WorkerVersionStamp? version = null)
    {
        var activity = Require(reference);
        if (lastHeartbeatDetails is not null)
        {
            activity.HeartbeatDetails = lastHeartbeatDetails;
            activity.LastHeartbeatTime = Now;
        }

        var state = Retry(activity, failure);
        if (state == RetryState.InProgress)
            return;
        var e = Ending(activity, EventType.ActivityTaskFailed);
        e.ActivityTaskFailedEventAttributes = new ActivityTaskFailedEventAttributes
        {
            ScheduledEventId = activity.ScheduledEventId,
            StartedEventId = WriteStarted(activity, version),
            Failure = failure,
            RetryState = state,
            Identity = identity,
        };
        Append(e);
        ScheduleTask();
    }

    /// <summary>Takes an activity's word that it has cancelled itself.</summary>
    /// <exception cref="RpcRefusal">The activity is gone, or nobody asked it to cancel.</exception>
    public void CancelActivity(ActivityRef reference, Payloads? details, string identity)
    {
        var activity = Require(reference);
        if (!activity.CancelRequested)
            throw RpcRefusal.InvalidArgument("unable to mark activity as canceled without activity being request canceled first");
        WriteCanceled(activity, WriteStarted(activity), details, identity);
        ScheduleTask();
    }

    /// <summary>Takes a sign of life.</summary>
    /// <exception cref="RpcRefusal">The activity is gone.</exception>
    public HeartbeatFacts Heartbeat(ActivityRef reference, Payloads? details, string identity)
    {
        var activity = Require(reference);
        activity.LastHeartbeatTime = Now;
        activity.HeartbeatDetails = details;
        activity.LastWorkerIdentity = identity.Length > 0 ? identity : activity.LastWorkerIdentity;
        changed = true;
        return new HeartbeatFacts(activity.CancelRequested, activity.Pause is not null, activity.ResetRequested);
    }

    /// <summary>When an activity next needs the clock, or null.</summary>
    internal static DateTimeOffset? NextDue(ActivityState activity)
    {
        var due = activity.Expiration;
        if (activity.IsStarted)
        {
            if (activity.StartToClose > TimeSpan.Zero)
                due = Durations.Earlier(due, Durations.Add(activity.StartedTime, activity.StartToClose));
            if (activity.Heartbeat > TimeSpan.Zero)
                due = Durations.Earlier(due, Durations.Add(activity.LastSign, activity.Heartbeat));
            return due;
        }

        if (activity.Pause is null && !activity.IsOffered)
            due = Durations.Earlier(due, activity.AttemptScheduledTime);
        if (activity.Pause is null && activity.ScheduleToStart > TimeSpan.Zero)
            due = Durations.Earlier(due, Durations.Add(activity.AttemptScheduledTime, activity.ScheduleToStart));
        return due;
    }

    private HistoryEvent ScheduleActivity(ScheduleActivityTaskCommandAttributes command)
    {
        var e = New(EventType.ActivityTaskScheduled);
        e.ActivityTaskScheduledEventAttributes = new ActivityTaskScheduledEventAttributes
        {
            ActivityId = command.ActivityId,
            ActivityType = command.ActivityType,
            TaskQueue = command.TaskQueue,
            Header = command.Header,
            Input = command.Input,
            ScheduleToCloseTimeout = command.ScheduleToCloseTimeout,
            ScheduleToStartTimeout = command.ScheduleToStartTimeout,
            StartToCloseTimeout = command.StartToCloseTimeout,
            HeartbeatTimeout = command.HeartbeatTimeout,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            RetryPolicy = command.RetryPolicy,
            UseWorkflowBuildId = command.UseWorkflowBuildId,
            Priority = command.Priority,
        };
        Append(e);
        Offer(State.Activities[e.EventId], command.RequestEagerExecution);
        return e;
    }

    private void Offer(ActivityState activity, bool isEager = false)
    {
        activity.IsOffered = true;
        Offers.Add(State.Offer(activity, isEager));
    }

    private HistoryEvent RequestActivityCancel(RequestCancelActivityTaskCommandAttributes command, string identity)
    {
        var e = New(EventType.ActivityTaskCancelRequested);
        e.ActivityTaskCancelRequestedEventAttributes = new ActivityTaskCancelRequestedEventAttributes
        {
            ScheduledEventId = command.ScheduledEventId,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
        };
        Append(e);
        if (State.Activities.TryGetValue(command.ScheduledEventId, out var activity) && !activity.IsStarted)
        {
            WriteCanceled(activity, startedEventId: 0, PayloadFacts.Text("ACTIVITY_ID_NOT_STARTED"), identity);
            cancelledUnstarted = true;
        }

        return e;
    }

    private void WriteCanceled(ActivityState activity, long startedEventId, Payloads? details, string identity)
    {
        var e = Ending(activity, EventType.ActivityTaskCanceled);
        e.ActivityTaskCanceledEventAttributes = new ActivityTaskCanceledEventAttributes
        {
            ScheduledEventId = activity.ScheduledEventId,
            StartedEventId = startedEventId,
            LatestCancelRequestedEventId = activity.CancelRequestedEventId,
            Details = details,
            Identity = identity,
        };
        Append(e);
    }

    private HistoryEvent Ending(ActivityState activity, EventType type)
    {
        Offers.RemoveAll(o => o is ActivityTaskToOffer && o.ScheduledEventId == activity.ScheduledEventId);
        return New(type);
    }

    /// <summary>Writes that the last attempt had started, with its real time; 0 if none is under way.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="version">The build of the worker that answers. It is known from its answer alone: who ends an activity otherwise leaves no build, as on the real server.</param>
    private long WriteStarted(ActivityState activity, WorkerVersionStamp? version = null)
    {
        if (!activity.IsStarted)
            return 0;
        var e = New(EventType.ActivityTaskStarted, activity.StartedTime);
        e.ActivityTaskStartedEventAttributes = new ActivityTaskStartedEventAttributes
        {
            ScheduledEventId = activity.ScheduledEventId,
            Identity = activity.StartedIdentity,
            RequestId = activity.RequestId,
            Attempt = activity.Attempt,
            LastFailure = activity.LastFailure,
            WorkerVersion = version,
        };
        Append(e);
        return e.EventId == 0 ? ExecutionState.BufferedEventId : e.EventId;
    }

    private ActivityState Require(ActivityRef reference)
    {
        RequireOpen();
        if (reference.ScheduledEventId == 0)
        {
            if (reference.ActivityId is not null && State.ActivityIds.TryGetValue(reference.ActivityId, out var id) && State.Activities[id] is { IsStarted: true } named)
                return named;
            throw reference.ActivityId is not null && State.ActivityIds.ContainsKey(reference.ActivityId)
                ? RpcRefusal.ActivityNotFound()
                : RpcRefusal.NotFound($"cannot find pending activity with ActivityID {reference.ActivityId}, check workflow execution history for more details");
        }

        if (!State.Activities.TryGetValue(reference.ScheduledEventId, out var activity) || !activity.IsStarted || activity.Attempt != reference.Attempt
            || (reference.StartedTicks != 0 && activity.StartedTime.UtcTicks != reference.StartedTicks))
        {
            throw RpcRefusal.ActivityNotFound();
        }

        return activity;
    }

    /// <summary>Prepares the next attempt if the policy gives one.</summary>
    private RetryState Retry(ActivityState activity, Failure? failure)
    {
        if (activity.CancelRequested)
            return RetryState.CancelRequested;
        if (activity.ResetRequested)
        {
            BeginAnew(activity, failure);
            return RetryState.InProgress;
        }

        if (activity.Pause is not null)
        {
            // Its policy has no say while it is paused: it waits, with this failure, until somebody lets it go on.
            EndAttempt(activity, failure);
            activity.Attempt++;
            activity.AttemptScheduledTime = Now;
            activity.IsOffered = false;
            return RetryState.InProgress;
        }

        var (wait, state) = RetryRules.Next(Now, activity.Attempt, activity.RetryPolicy, activity.Expiration, failure);
        if (wait is null)
            return state;
        EndAttempt(activity, failure);
        activity.Attempt++;
        activity.AttemptScheduledTime = Durations.Add(Now, wait.Value);
        activity.IsOffered = false;
        if (wait == TimeSpan.Zero)
            Offer(activity);
        return RetryState.InProgress;
    }

    private void EndAttempt(ActivityState activity, Failure? failure)
    {
        Offers.RemoveAll(o => o is ActivityTaskToOffer && o.ScheduledEventId == activity.ScheduledEventId);
        activity.IsStarted = false;
        activity.LastFailure = Shortened(failure);
        // Only a worker's word completes an attempt: one that timed out has no end.
        if (failure?.TimeoutFailureInfo is null)
            activity.LastAttemptCompleteTime = Now;
        activity.RequestId = "";
        activity.StartedIdentity = "";
        activity.StartedTime = default;
        changed = true;
    }

    /// <summary>Keeps what a retried failure leaves small: it is stored with every transition until the activity ends.</summary>
    private static Failure? Shortened(Failure? failure)
    {
        if (failure is null || failure.CalculateSize() <= MaxFailureBytes)
            return failure;
        var kept = new Failure
        {
            Message = Cut(failure.Message, MaxFailureBytes / 2),
            StackTrace = Cut(failure.StackTrace, MaxFailureBytes / 4),
            Source = failure.Source,
        };
        if (failure.ApplicationFailureInfo is { } application)
            kept.ApplicationFailureInfo = new ApplicationFailureInfo { Type = application.Type, NonRetryable = application.NonRetryable };
        else
            kept.ServerFailureInfo = new ServerFailureInfo();
        return kept;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private PollActivityTaskQueueResponse Response(ActivityState activity) => new()
    {
        WorkflowNamespace = context.Namespace.Name,
        WorkflowType = State.Started.WorkflowType,
        WorkflowExecution = new WorkflowExecution { WorkflowId = Run.WorkflowId, RunId = Run.RunId },
        ActivityType = activity.Scheduled.ActivityType,
        ActivityId = activity.Id,
        Header = activity.Scheduled.Header,
        Input = activity.Scheduled.Input,
        HeartbeatDetails = activity.HeartbeatDetails,
        ScheduledTime = Durations.Stamp(activity.FirstScheduledTime),
        CurrentAttemptScheduledTime = Durations.Stamp(activity.AttemptScheduledTime),
        StartedTime = Durations.Stamp(activity.StartedTime),
        Attempt = activity.Attempt,
        ScheduleToCloseTimeout = Durations.Of(activity.ScheduleToClose),
        StartToCloseTimeout = Durations.Of(activity.StartToClose),
        HeartbeatTimeout = Durations.Of(activity.Heartbeat),
        RetryPolicy = activity.RetryPolicy,
        Priority = activity.Options?.Priority ?? activity.Scheduled.Priority ?? State.Priority,
    };
}
