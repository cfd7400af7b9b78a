using Temporalio.Api.Failure.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.Workflow.V1;

namespace Temporalio.DevServer.Executions;

// A reset: a new run with another's past up to a workflow task, which fails there, and with what others have asked of it since.
internal sealed partial class Transition
{
    /// <summary>Begins a new run with another's past. If the base run is open it must be terminated in the same store transaction.</summary>
    /// <exception cref="RpcRefusal">The event is not the end of a workflow task.</exception>
    public static Transition Reset(ResetFacts facts, TransitionContext context)
    {
        var finish = facts.Request.WorkflowTaskFinishEventId;
        if (finish <= 1 || finish > facts.Events.Count)
            throw RpcRefusal.InvalidArgument("Workflow task finish ID must be > 1 && <= workflow last event ID.");
        var last = facts.Events[(int)finish - 2];
        if (last.EventType is not (EventType.WorkflowTaskScheduled or EventType.WorkflowTaskStarted))
            throw RpcRefusal.InvalidArgument($"Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: {finish}");
        var transition = Begin(facts.RunId, facts.Base.Run.WorkflowId, facts.Request.RequestId, facts.CurrentRunId, context);
        transition.TakeOver(facts, finish, last);
        transition.FailTakenOverTask(facts);
        transition.Reapply(facts, finish);
        foreach (var operation in facts.Request.PostResetOperations)
            transition.Apply(operation, facts.Request.Identity);
        transition.ScheduleTask();
        foreach (var activity in transition.State.Activities.Values)
            transition.Offer(activity);
        return transition;
    }

    /// <summary>Records on the base run that it was reset, before it is terminated: its children and parent then belong to the new run.</summary>
    public void NoteReset(string newRunId)
    {
        State.ResetRunId = newRunId;
        changed = true;
    }

    private void TakeOver(ResetFacts facts, long finish, HistoryEvent last)
    {
        State.LastResetTime = Now;
        State.RequestEvents.Clear();
        foreach (var (id, request) in facts.Base.RequestEvents)
        {
            if (request.EventId > 0 && request.EventId < finish)
                State.RequestEvents[id] = request;
        }

        foreach (var e in facts.Events)
        {
            if (e.EventId >= finish)
                break;
            State.NextEventId++;
            State.Apply(e);
            events.Add(e);
        }

        changed = true;
        foreach (var activity in State.Activities.Values)
        {
            activity.FirstScheduledTime = Now;
            activity.AttemptScheduledTime = Now;
            activity.Stamp++;
        }

        var scheduled = last.EventType == EventType.WorkflowTaskScheduled ? last : facts.Events[(int)last.WorkflowTaskStartedEventAttributes.ScheduledEventId - 1];
        State.Task = new WorkflowTaskState
        {
            ScheduledEventId = scheduled.EventId,
            Attempt = 1,
            ScheduledTime = scheduled.EventTime.ToDateTimeOffset(),
            OriginalScheduledTime = scheduled.EventTime.ToDateTimeOffset(),
            StartedEventId = last.EventType == EventType.WorkflowTaskStarted ? last.EventId : 0,
            Timeout = TaskTimeout(1),
        };
    }

    private void FailTakenOverTask(ResetFacts facts)
    {
        var task = State.Task!;
        if (!task.IsStarted)
        {
            task.StartedTime = Now;
            task.RequestId = context.Ids.NewUuid();
            task.HistorySizeBytes = facts.Base.HistorySizeBytes;
            var started = ExecutionState.StartedEvent(task, ServerIdentity);
            Write(started);
            task.StartedEventId = started.EventId;
        }

        var failure = new Failure { Message = facts.Request.Reason, ResetWorkflowFailureInfo = new ResetWorkflowFailureInfo() };
        FailTask(task, WorkflowTaskFailedCause.ResetWorkflow, failure, ServerIdentity, baseRunId: facts.Base.Run.RunId, newRunId: Run.RunId);
    }

    private void Reapply(ResetFacts facts, long finish)
    {
        var request = facts.Request;
        var excluded = request.ResetReapplyExcludeTypes;
        var signals = !excluded.Contains(ResetReapplyExcludeType.Signal) && request.ResetReapplyType != ResetReapplyType.None;
        var updates = !excluded.Contains(ResetReapplyExcludeType.Update) && request.ResetReapplyType is not (ResetReapplyType.None or ResetReapplyType.Signal);
        var started = new Dictionary<long, long>();
        foreach (var e in facts.Events)
        {
            if (e.EventId < finish)
                continue;
            Reapply(e, signals, updates);
            ReapplyOfChild(e, started);
        }

        foreach (var e in facts.Base.Buffered)
            Reapply(e, signals, updates);
        foreach (var run in facts.LaterRuns)
        {
            foreach (var e in run)
                Reapply(e, signals, updates);
        }
    }

    private void Reapply(HistoryEvent e, bool signals, bool updates)
    {
        switch (e.EventType)
        {
            case EventType.WorkflowExecutionSignaled when signals:
                var signal = New(EventType.WorkflowExecutionSignaled);
                signal.WorkflowExecutionSignaledEventAttributes = e.WorkflowExecutionSignaledEventAttributes;
                signal.Links.AddRange(e.Links);
                Append(signal);
                break;
            case EventType.WorkflowExecutionUpdateAdmitted when updates:
                Readmit(e.WorkflowExecutionUpdateAdmittedEventAttributes.Request);
                break;
            case EventType.WorkflowExecutionUpdateAccepted when updates:
                Readmit(e.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest);
                break;
        }
    }

    private void Readmit(Request? request)
    {
        if (request?.Meta is null || State.Updates.ContainsKey(request.Meta.UpdateId))
            return;
        var e = New(EventType.WorkflowExecutionUpdateAdmitted);
        e.WorkflowExecutionUpdateAdmittedEventAttributes = new WorkflowExecutionUpdateAdmittedEventAttributes { Request = request, Origin = UpdateAdmittedEventOrigin.Reapply };
        Append(e);
    }

    /// <summary>Children that were begun before the point of reset live on: what has become of them since is known to the new run as well.</summary>
    private void ReapplyOfChild(HistoryEvent e, Dictionary<long, long> started)
    {
        if (EventSubjects.Child(e) is not { } initiated || !State.Children.ContainsKey(initiated))
            return;
        var again = e.Clone();
        again.EventTime = Durations.Stamp(Now);
        EventSubjects.NameStarted(again, started);
        Append(again);
        if (again.EventType == EventType.ChildWorkflowExecutionStarted)
            started[initiated] = again.EventId;
    }

    private void Apply(PostResetOperation operation, string identity)
    {
        if (operation.SignalWorkflow is { } signal)
            WriteSignal(new SignalFacts(signal.SignalName, signal.Input, identity, "", signal.Header, signal.Links));
        else if (operation.UpdateWorkflowOptions is { } options)
            UpdateOptions(options.WorkflowExecutionOptions, options.UpdateMask, identity);
    }
}

/// <summary>A reset: a new run that begins with another's past.</summary>
/// <param name="RunId">Of the new run: fresh lower-case UUID.</param>
/// <param name="Request">As the caller wrote it.</param>
/// <param name="Base">The run that is reset, open or closed.</param>
/// <param name="Events">All its events.</param>
/// <param name="LaterRuns">Events of the runs that continued it, in order (their signals and updates are reapplied as well); empty if there are none.</param>
/// <param name="CurrentRunId">The workflow id's current run, which the new one replaces. If it is open, terminate it in the same store transaction.</param>
internal sealed record ResetFacts(
    string RunId, ResetWorkflowExecutionRequest Request, ExecutionState Base, IReadOnlyList<HistoryEvent> Events, IReadOnlyList<IReadOnlyList<HistoryEvent>> LaterRuns, string CurrentRunId);
