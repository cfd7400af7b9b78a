using Temporalio.Api.Command.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Workflow.V1;

namespace Temporalio.DevServer.Executions;

// How a run ends, and what follows it: a retry, the next of a cron, or what it continues as.
internal sealed partial class Transition
{
    private readonly List<Transition> newRuns = [];

    private HistoryEvent CompleteRun(CompleteWorkflowExecutionCommandAttributes command)
    {
        var wait = CronWait();
        var e = New(EventType.WorkflowExecutionCompleted);
        e.WorkflowExecutionCompletedEventAttributes = new WorkflowExecutionCompletedEventAttributes
        {
            Result = command.Result,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            NewExecutionRunId = wait is null ? "" : context.Ids.NewUuid(),
        };
        Close(e, e.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId);
        if (wait is not null)
            Repeat(e.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId, wait.Value, ContinueAsNewInitiator.CronSchedule, command.Result, failure: null);
        return e;
    }

    private HistoryEvent FailRun(FailWorkflowExecutionCommandAttributes command)
    {
        var (wait, state, initiator) = Following(command.Failure);
        var e = New(EventType.WorkflowExecutionFailed);
        e.WorkflowExecutionFailedEventAttributes = new WorkflowExecutionFailedEventAttributes
        {
            Failure = command.Failure,
            RetryState = state,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            NewExecutionRunId = wait is null ? "" : context.Ids.NewUuid(),
        };
        Close(e, e.WorkflowExecutionFailedEventAttributes.NewExecutionRunId);
        if (wait is not null)
        {
            var last = initiator == ContinueAsNewInitiator.CronSchedule ? State.Started.LastCompletionResult : null;
            Repeat(e.WorkflowExecutionFailedEventAttributes.NewExecutionRunId, wait.Value, initiator, last, command.Failure);
        }

        return e;
    }

    private HistoryEvent CancelRun(CancelWorkflowExecutionCommandAttributes command)
    {
        var e = New(EventType.WorkflowExecutionCanceled);
        e.WorkflowExecutionCanceledEventAttributes = new WorkflowExecutionCanceledEventAttributes
        {
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            Details = command.Details,
        };
        Close(e);
        return e;
    }

    private HistoryEvent ContinueAsNew(ContinueAsNewWorkflowExecutionCommandAttributes command)
    {
        var initiator = command.Initiator == ContinueAsNewInitiator.Unspecified ? ContinueAsNewInitiator.Workflow : command.Initiator;
        var e = New(EventType.WorkflowExecutionContinuedAsNew);
        e.WorkflowExecutionContinuedAsNewEventAttributes = new WorkflowExecutionContinuedAsNewEventAttributes
        {
            NewExecutionRunId = context.Ids.NewUuid(),
            WorkflowType = command.WorkflowType,
            TaskQueue = command.TaskQueue,
            Input = command.Input,
            WorkflowRunTimeout = command.WorkflowRunTimeout,
            WorkflowTaskTimeout = command.WorkflowTaskTimeout,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            BackoffStartInterval = command.BackoffStartInterval,
            Initiator = command.Initiator,
            Failure = command.Failure,
            LastCompletionResult = command.LastCompletionResult,
            Header = command.Header,
            Memo = PayloadFacts.WithoutNothing(command.Memo),
            SearchAttributes = command.SearchAttributes,
            InheritBuildId = command.InheritBuildId,
            InitialVersioningBehavior = command.InitialVersioningBehavior,
        };
        var next = e.WorkflowExecutionContinuedAsNewEventAttributes;
        Close(e, next.NewExecutionRunId);
        var started = Chained(next.NewExecutionRunId, initiator, Durations.Span(command.BackoffStartInterval));
        started.WorkflowType = command.WorkflowType;
        started.TaskQueue = command.TaskQueue;
        started.Input = command.Input;
        started.Header = command.Header;
        started.WorkflowRunTimeout = command.WorkflowRunTimeout;
        started.WorkflowTaskTimeout = command.WorkflowTaskTimeout;
        started.RetryPolicy = command.RetryPolicy;
        started.CronSchedule = command.CronSchedule;
        started.Memo = next.Memo;
        started.SearchAttributes = command.SearchAttributes;
        started.LastCompletionResult = command.LastCompletionResult;
        started.ContinuedFailure = command.Failure;
        started.Attempt = 1;
        if (Durations.Span(started.FirstWorkflowTaskBackoff) == Durations.Span(command.BackoffStartInterval))
            started.FirstWorkflowTaskBackoff = command.BackoffStartInterval;
        BeginNext(started, next.NewExecutionRunId);
        return e;
    }

    /// <summary>Times the run or its whole chain out, if their time has come.</summary>
    private bool TimeOutRun()
    {
        var isExecution = State.ExecutionExpiration <= Now;
        if (!isExecution && !(State.RunExpiration <= Now))
            return false;
        var failure = new Failure { Message = "workflow timeout", Source = "Server", TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.StartToClose } };
        (TimeSpan? Wait, RetryState State, ContinueAsNewInitiator Initiator) following = isExecution ? (null, RetryState.Timeout, default) : Following(failure);
        CutOffTask();
        var e = New(EventType.WorkflowExecutionTimedOut);
        e.WorkflowExecutionTimedOutEventAttributes = new WorkflowExecutionTimedOutEventAttributes
        {
            RetryState = following.State,
            NewExecutionRunId = following.Wait is null ? "" : context.Ids.NewUuid(),
        };
        var next = e.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId;
        Close(e, next);
        if (following.Wait is { } wait)
            Repeat(next, wait, following.Initiator, State.Started.LastCompletionResult, failure);
        EndUpdatesOfClosedRun(next.Length > 0);
        return true;
    }

    /// <summary>Ends the run with this event.</summary>
    private void Close(HistoryEvent e, string nextRunId = "")
    {
        var wasReset = State.ResetRunId.Length > 0;
        Append(e);
        changed = true;
        visibilityChanged = true;
        State.Buffered.Clear();
        // A task that nobody has taken stays in the description, as on the real server.
        if (State.Task is not { IsStarted: false, IsSpeculative: false })
            State.Task = null;
        State.FirstTaskDue = null;
        Offers.Clear();
        if (wasReset)
            return;
        State.NotifyParentPending = nextRunId.Length == 0 && State.Started.ParentWorkflowExecution is not null;
        foreach (var (initiated, child) in State.Children)
        {
            var policy = child.Initiated.ParentClosePolicy;
            if (child.Execution is { } execution && policy is not ParentClosePolicy.Abandon)
            {
                State.ChildrenToClose[initiated] = new CloseChildExtras
                {
                    InitiatedEventId = initiated,
                    Namespace = child.Initiated.Namespace,
                    Child = execution,
                    Policy = (int)policy,
                };
            }
            else if (child.Execution is null && policy == ParentClosePolicy.Abandon)
            {
                State.ChildrenToStart.Add(initiated);
            }
        }
    }

    /// <summary>Whether the policy or the cron begins another run after a failure, and when.</summary>
    private (TimeSpan? Wait, RetryState State, ContinueAsNewInitiator Initiator) Following(Failure failure)
    {
        var state = RetryState.RetryPolicyNotSet;
        if (State.Started.RetryPolicy is { } policy)
        {
            (var wait, state) = RetryRules.Next(Now, State.Started.Attempt, policy, State.ExecutionExpiration, failure);
            if (wait is not null)
                return (wait, state, ContinueAsNewInitiator.Retry);
        }

        return (CronWait(), state, ContinueAsNewInitiator.CronSchedule);
    }

    private TimeSpan? CronWait() =>
        State.Started.CronSchedule.Length == 0 ? null : CronSchedule.Wait(State.Started.CronSchedule, State.ExecutionTime, Now);

    /// <summary>Begins the same again: a retry or the next of a cron.</summary>
    private void Repeat(string runId, TimeSpan wait, ContinueAsNewInitiator initiator, Payloads? lastResult, Failure? failure)
    {
        var before = State.Started;
        var started = Chained(runId, initiator, wait);
        started.WorkflowType = before.WorkflowType;
        started.TaskQueue = before.TaskQueue;
        started.Input = before.Input;
        started.Header = before.Header;
        started.WorkflowRunTimeout = before.WorkflowRunTimeout;
        started.WorkflowTaskTimeout = before.WorkflowTaskTimeout;
        started.RetryPolicy = before.RetryPolicy;
        started.CronSchedule = before.CronSchedule;
        started.Memo = before.Memo;
        started.SearchAttributes = before.SearchAttributes;
        started.LastCompletionResult = lastResult;
        started.ContinuedFailure = failure;
        started.Attempt = initiator == ContinueAsNewInitiator.Retry ? before.Attempt + 1 : 1;
        BeginNext(started, runId);
    }

    /// <summary>What every following run has of the one before.</summary>
    private WorkflowExecutionStartedEventAttributes Chained(string runId, ContinueAsNewInitiator initiator, TimeSpan wait)
    {
        var before = State.Started;
        var started = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowId = Run.WorkflowId,
            WorkflowExecutionTimeout = before.WorkflowExecutionTimeout,
            WorkflowExecutionExpirationTime = before.WorkflowExecutionExpirationTime,
            ContinuedExecutionRunId = Run.RunId,
            Initiator = initiator,
            OriginalExecutionRunId = runId,
            FirstExecutionRunId = before.FirstExecutionRunId,
            FirstWorkflowTaskBackoff = Durations.Of(NotTooSoon(wait)),
            PrevAutoResetPoints = RolledOver(),
            Priority = before.Priority,
            VersioningOverride = State.Versioning?.VersioningOverride,
            ParentWorkflowNamespace = before.ParentWorkflowNamespace,
            ParentWorkflowNamespaceId = before.ParentWorkflowNamespaceId,
            ParentWorkflowExecution = before.ParentWorkflowExecution,
            ParentInitiatedEventId = before.ParentInitiatedEventId,
            RootWorkflowExecution = before.RootWorkflowExecution,
        };
        started.CompletionCallbacks.AddRange(before.CompletionCallbacks);
        return started;
    }

    /// <summary>Runs that follow each other at once are held back, so that a loop does not eat the server.</summary>
    private TimeSpan NotTooSoon(TimeSpan wait)
    {
        var lifetime = Now - State.ExecutionTime;
        return lifetime + wait < Limits.ContinueAsNewMinInterval ? Limits.ContinueAsNewMinInterval - lifetime : wait;
    }

    private ResetPoints? RolledOver()
    {
        if (State.ResetPoints.Points.Count == 0)
            return null;
        var points = new ResetPoints();
        foreach (var point in State.ResetPoints.Points)
        {
            if (point.ExpireTime is { } expires && expires.ToDateTimeOffset() < Now)
                continue;
            var kept = point.Clone();
            if (kept.RunId == Run.RunId)
                kept.ExpireTime = Durations.Stamp(Durations.Add(Now, context.Namespace.Retention));
            points.Points.Add(kept);
        }

        return points;
    }

    private void BeginNext(WorkflowExecutionStartedEventAttributes started, string runId)
    {
        var next = Begin(runId, Run.WorkflowId, context.Ids.NewUuid(), Run.RunId, context);
        next.WriteFirst(started, State.FirstEvent.Links, State.FirstEvent.UserMetadata);
        next.ScheduleFirstTask();
        newRuns.Add(next);
    }
}
