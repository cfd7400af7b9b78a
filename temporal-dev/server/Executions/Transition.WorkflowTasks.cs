using Temporalio.Api.Failure.V1;

namespace Temporalio.DevServer.Executions;

// Workflow tasks: scheduled, started, failed, timed out. Attempts after the first and tasks for updates leave no events unless they have to.
internal sealed partial class Transition
{
    private const int BackoffFromAttempt = 3;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SpeculativeWait = TimeSpan.FromSeconds(5);

    /// <summary>The task under way keeps its worker busy and was asked for by it: updates it has already seen are not sent again.</summary>
    private bool isHeartbeatTask;

    /// <summary>Hands a workflow task out; null if the offer is stale.</summary>
    public StartedWorkflowTask? StartWorkflowTask(WorkflowTaskToOffer offer, PollerFacts poller)
    {
        Offers.RemoveAll(o => o is WorkflowTaskToOffer);
        var task = State.Task;
        if (!State.IsOpen || task is null || task.IsStarted || task.ScheduledEventId != offer.ScheduledEventId || task.Attempt != offer.Attempt)
            return null;
        if (State.StickyTaskQueue is { } sticky && sticky != poller.TaskQueue)
            ClearSticky();
        (task.SuggestContinueAsNew, task.SuggestReasons) = SuggestContinueAsNew();
        task.HistorySizeBytes = State.HistorySizeBytes;
        task.StartedTime = Now;
        task.RequestId = context.Ids.NewUuid();
        task.Identity = poller.Identity;
        task.Version = poller.Version;
        if ((task.IsTransient || task.IsSpeculative) && task.ScheduledEventId != State.NextEventId)
            Rewrite(task, poller);
        if (!task.IsTransient && !task.IsSpeculative)
        {
            var started = ExecutionState.StartedEvent(task, task.Identity);
            Write(started);
            task.StartedEventId = started.EventId;
        }
        else
        {
            task.StartedEventId = task.ScheduledEventId + 1;
        }

        var messages = SendUpdates(task.StartedEventId, includeSent: !isHeartbeatTask);
        if (task.IsSpeculative && messages.Count == 0)
        {
            State.Task = null;
            return null;
        }

        changed |= !task.IsSpeculative;
        return Started(task, messages);
    }

    /// <summary>Takes a worker's failure to do the task.</summary>
    public void FailWorkflowTask(WorkflowTaskRef reference, RespondWorkflowTaskFailedRequest request)
    {
        RequireOpen();
        var task = Require(reference);
        FailTask(task, request.Cause, request.Failure, request.Identity, request.BinaryChecksum);
        ScheduleTask();
    }

    /// <summary>Forgets the worker's own queue (ResetStickyTaskQueue, ShutdownWorker).</summary>
    public void ResetSticky()
    {
        RequireOpen();
        ClearSticky();
    }

    private void ClearSticky()
    {
        State.StickyTaskQueue = null;
        State.StickyTimeout = TimeSpan.Zero;
        if (State.Task is { IsStarted: false, IsSpeculative: false } task)
            task.StickyDue = null;
    }

    private WorkflowTaskState Require(WorkflowTaskRef reference)
    {
        if (!State.IsOpen || State.Task is not { IsStarted: true } task || task.ScheduledEventId != reference.ScheduledEventId
            || (reference.StartedEventId != 0 && task.StartedEventId != reference.StartedEventId) || task.Attempt != reference.Attempt)
        {
            throw RpcRefusal.WorkflowTaskNotFound();
        }

        return task;
    }

    /// <summary>Makes a workflow task unless there is one, the run is closed or its first one is still to come.</summary>
    private void ScheduleTask(bool speculative = false, DateTimeOffset? originalTime = null)
    {
        if (!State.IsOpen || State.Task is not null || State.IsBeforeFirstTask)
            return;
        if (State.Buffered.Count > 0)
        {
            State.TaskAttempt = 1;
            speculative = false;
            FlushBuffer();
        }

        var attempt = State.TaskAttempt;
        var task = new WorkflowTaskState
        {
            ScheduledEventId = State.NextEventId,
            Attempt = attempt,
            ScheduledTime = Now,
            OriginalScheduledTime = originalTime ?? Now,
            Timeout = TaskTimeout(attempt),
            IsSpeculative = speculative,
            StickyDue = speculative ? Now + SpeculativeWait : State.StickyTaskQueue is null ? null : Durations.Add(Now, State.StickyTimeout),
        };
        if (!task.IsTransient && !task.IsSpeculative)
            Write(State.ScheduledEvent(task, task.ScheduledTime));
        State.Task = task;
        changed |= !speculative;
        Offers.Add(State.Offer(task));
    }

    /// <summary>New events have come since a transient or speculative task was scheduled: it becomes a new first attempt after them.</summary>
    private void Rewrite(WorkflowTaskState task, PollerFacts poller)
    {
        task.Attempt = State.TaskAttempt = 1;
        task.IsSpeculative = false;
        var scheduled = State.ScheduledEvent(task, Now);
        scheduled.WorkflowTaskScheduledEventAttributes.TaskQueue = poller.IsSticky && State.StickyTaskQueue is not null ? State.CurrentQueue() : State.NormalQueue();
        Write(scheduled);
        task.ScheduledEventId = scheduled.EventId;
    }

    /// <summary>Writes what a speculative task has left out, because something must be stored after all.</summary>
    private void MakeNormal(WorkflowTaskState task)
    {
        task.IsSpeculative = false;
        changed = true;
        Write(State.ScheduledEvent(task, task.ScheduledTime));
        if (task.IsStarted)
            Write(ExecutionState.StartedEvent(task, identity: ""));
    }

    /// <summary>Writes scheduled and started of a task that has left them out so far.</summary>
    private void WriteLeftOut(WorkflowTaskState task, string identity)
    {
        var scheduled = State.ScheduledEvent(task, task.ScheduledTime);
        Write(scheduled);
        task.ScheduledEventId = scheduled.EventId;
        var started = ExecutionState.StartedEvent(task, identity);
        Write(started);
        task.StartedEventId = started.EventId;
    }

    private void FailTask(WorkflowTaskState task, WorkflowTaskFailedCause cause, Failure? failure, string identity, string checksum = "", string baseRunId = "", string newRunId = "")
    {
        if (task.IsSpeculative)
        {
            task.IsSpeculative = false;
            WriteLeftOut(task, identity);
        }

        if (!task.IsTransient)
        {
            var e = New(EventType.WorkflowTaskFailed);
            e.WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                Cause = cause,
                Failure = failure,
                Identity = identity,
                BinaryChecksum = checksum,
                BaseRunId = baseRunId,
                NewRunId = newRunId,
            };
            Write(e);
        }

        EndFailedTask(task, isNewAttempt: true);
        if (cause == WorkflowTaskFailedCause.ResetWorkflow)
            State.TaskAttempt = 1;
        State.CloseAttempted = cause == WorkflowTaskFailedCause.UnhandledCommand;
    }

    private void TimeOutTask(WorkflowTaskState task, TimeoutType type)
    {
        if (task.IsSpeculative)
        {
            task.IsSpeculative = false;
            if (task.IsStarted)
            {
                WriteLeftOut(task, identity: "");
            }
            else
            {
                var scheduled = State.ScheduledEvent(task, task.ScheduledTime);
                Write(scheduled);
                task.ScheduledEventId = scheduled.EventId;
            }
        }

        if (!task.IsTransient)
        {
            var e = New(EventType.WorkflowTaskTimedOut);
            e.WorkflowTaskTimedOutEventAttributes = new WorkflowTaskTimedOutEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                TimeoutType = type,
            };
            Write(e);
        }

        EndFailedTask(task, isNewAttempt: type != TimeoutType.ScheduleToStart);
        State.CloseAttempted = false;
    }

    /// <summary>After a failure of a worker with the run in its cache, the next try goes to any worker and is no new attempt.</summary>
    private void EndFailedTask(WorkflowTaskState task, bool isNewAttempt)
    {
        if (State.StickyTaskQueue is not null)
        {
            ClearSticky();
            isNewAttempt = false;
        }

        State.Task = null;
        State.TaskAttempt = isNewAttempt ? task.Attempt + 1 : 1;
        Offers.RemoveAll(o => o is WorkflowTaskToOffer);
        workflowTaskEnded = true;
        changed = true;
    }

    private StartedWorkflowTask Started(WorkflowTaskState task, List<Api.Protocol.V1.Message> messages)
    {
        var response = new PollWorkflowTaskQueueResponse
        {
            WorkflowExecution = new WorkflowExecution { WorkflowId = Run.WorkflowId, RunId = Run.RunId },
            WorkflowType = State.Started.WorkflowType,
            PreviousStartedEventId = State.PreviousStartedEventId,
            StartedEventId = task.StartedEventId,
            Attempt = task.Attempt,
            WorkflowExecutionTaskQueue = State.NormalQueue(),
            ScheduledTime = Durations.Stamp(task.ScheduledTime),
            StartedTime = Durations.Stamp(task.StartedTime),
        };
        response.Messages.AddRange(messages);
        var from = State.StickyTaskQueue is null ? 1 : State.PreviousStartedEventId + 1;
        return new StartedWorkflowTask(new WorkflowTaskRef(task.ScheduledEventId, task.StartedEventId, task.Attempt), response, from, State.NextEventId, State.LeftOutEvents(toItsWorker: true));
    }

    /// <summary>Attempts after the third have longer and longer, which is what keeps them apart: a failing worker lets them time out.</summary>
    private TimeSpan TaskTimeout(int attempt)
    {
        var timeout = Durations.Span(State.Started.WorkflowTaskTimeout);
        if (attempt <= BackoffFromAttempt)
            return timeout;
        var backoff = FirstBackoff.TotalSeconds * Math.Pow(2, Math.Min(attempt - BackoffFromAttempt - 1, 30));
        backoff = Math.Min(backoff, Limits.WorkflowTaskRetryMaxInterval.TotalSeconds);
        return timeout + TimeSpan.FromSeconds(backoff * (0.8 + (0.2 * context.Ids.NextFraction())));
    }

    private (bool Suggest, IReadOnlyList<SuggestContinueAsNewReason> Reasons) SuggestContinueAsNew()
    {
        var reasons = new List<SuggestContinueAsNewReason>();
        if (State.HistorySizeBytes >= Limits.SuggestContinueAsNewSizeBytes)
            reasons.Add(SuggestContinueAsNewReason.HistorySizeTooLarge);
        if (State.NextEventId >= Limits.SuggestContinueAsNewCount)
            reasons.Add(SuggestContinueAsNewReason.TooManyHistoryEvents);
        if (State.Updates.Count >= Limits.TotalUpdates * Limits.SuggestContinueAsNewUpdates)
            reasons.Add(SuggestContinueAsNewReason.TooManyUpdates);
        return reasons.Count == 0 ? (false, []) : (true, reasons);
    }
}
