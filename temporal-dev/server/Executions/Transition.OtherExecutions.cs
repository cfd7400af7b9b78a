using Temporalio.Api.Command.V1;

namespace Temporalio.DevServer.Executions;

// Children and other executions: what the workflow wants of them is an event at once, and an effect until it is answered.
internal sealed partial class Transition
{
    private HistoryEvent InitiateChild(StartChildWorkflowExecutionCommandAttributes command)
    {
        var e = New(EventType.StartChildWorkflowExecutionInitiated);
        e.StartChildWorkflowExecutionInitiatedEventAttributes = new StartChildWorkflowExecutionInitiatedEventAttributes
        {
            Namespace = command.Namespace.Length > 0 ? command.Namespace : context.Namespace.Name,
            NamespaceId = context.Namespace.Id,
            WorkflowId = command.WorkflowId,
            WorkflowType = command.WorkflowType,
            TaskQueue = command.TaskQueue,
            Input = command.Input,
            WorkflowExecutionTimeout = command.WorkflowExecutionTimeout,
            WorkflowRunTimeout = command.WorkflowRunTimeout,
            WorkflowTaskTimeout = command.WorkflowTaskTimeout,
            ParentClosePolicy = command.ParentClosePolicy == ParentClosePolicy.Unspecified ? ParentClosePolicy.Terminate : command.ParentClosePolicy,
            Control = command.Control,
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            WorkflowIdReusePolicy = command.WorkflowIdReusePolicy == WorkflowIdReusePolicy.Unspecified ? WorkflowIdReusePolicy.AllowDuplicate : command.WorkflowIdReusePolicy,
            RetryPolicy = command.RetryPolicy,
            CronSchedule = command.CronSchedule,
            Header = command.Header,
            Memo = PayloadFacts.WithoutNothing(command.Memo),
            SearchAttributes = command.SearchAttributes,
            InheritBuildId = command.InheritBuildId,
            Priority = command.Priority,
            VersioningOverride = command.VersioningOverride,
        };
        Append(e);
        return e;
    }

    private HistoryEvent InitiateSignal(SignalExternalWorkflowExecutionCommandAttributes command)
    {
        var e = New(EventType.SignalExternalWorkflowExecutionInitiated);
        e.SignalExternalWorkflowExecutionInitiatedEventAttributes = new SignalExternalWorkflowExecutionInitiatedEventAttributes
        {
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            Namespace = command.Namespace,
            NamespaceId = context.Namespace.Id,
            WorkflowExecution = new WorkflowExecution { WorkflowId = command.Execution.WorkflowId, RunId = command.Execution.RunId },
            SignalName = command.SignalName,
            Input = command.Input,
            Control = command.Control,
            ChildWorkflowOnly = command.ChildWorkflowOnly,
            Header = command.Header,
        };
        Append(e);
        return e;
    }

    private HistoryEvent InitiateCancel(RequestCancelExternalWorkflowExecutionCommandAttributes command)
    {
        var e = New(EventType.RequestCancelExternalWorkflowExecutionInitiated);
        e.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new RequestCancelExternalWorkflowExecutionInitiatedEventAttributes
        {
            WorkflowTaskCompletedEventId = State.LastCompletedTaskEventId,
            Namespace = command.Namespace,
            NamespaceId = context.Namespace.Id,
            WorkflowExecution = new WorkflowExecution { WorkflowId = command.WorkflowId, RunId = command.RunId },
            Control = command.Control,
            ChildWorkflowOnly = command.ChildWorkflowOnly,
            Reason = command.Reason,
        };
        Append(e);
        return e;
    }

    /// <summary>The child has started.</summary>
    public void ChildStarted(string effectId, string runId)
    {
        var initiatedEventId = EffectIds.EventId(effectId);
        changed |= State.ChildrenToStart.Remove(initiatedEventId);
        if (!State.IsOpen || !State.Children.TryGetValue(initiatedEventId, out var child) || child.StartedEventId != 0)
            return;
        var e = New(EventType.ChildWorkflowExecutionStarted);
        e.ChildWorkflowExecutionStartedEventAttributes = new ChildWorkflowExecutionStartedEventAttributes
        {
            Namespace = child.Initiated.Namespace,
            NamespaceId = child.Initiated.NamespaceId,
            InitiatedEventId = initiatedEventId,
            WorkflowExecution = new WorkflowExecution { WorkflowId = child.Initiated.WorkflowId, RunId = runId },
            WorkflowType = child.Initiated.WorkflowType,
            Header = child.Initiated.Header,
        };
        Append(e);
        ScheduleTask();
    }

    /// <summary>The child could not be started.</summary>
    public void ChildStartFailed(string effectId, StartChildWorkflowExecutionFailedCause cause)
    {
        var initiatedEventId = EffectIds.EventId(effectId);
        changed |= State.ChildrenToStart.Remove(initiatedEventId);
        if (!State.IsOpen || !State.Children.TryGetValue(initiatedEventId, out var child) || child.StartedEventId != 0)
            return;
        var e = New(EventType.StartChildWorkflowExecutionFailed);
        e.StartChildWorkflowExecutionFailedEventAttributes = new StartChildWorkflowExecutionFailedEventAttributes
        {
            Namespace = child.Initiated.Namespace,
            NamespaceId = child.Initiated.NamespaceId,
            WorkflowId = child.Initiated.WorkflowId,
            WorkflowType = child.Initiated.WorkflowType,
            Cause = cause,
            Control = child.Initiated.Control,
            InitiatedEventId = initiatedEventId,
        };
        Append(e);
        ScheduleTask();
    }

    /// <summary>The child has closed; false if that is known or the parent does not wait for it (any more).</summary>
    /// <param name="initiatedEventId">Names the child.</param>
    /// <param name="child">Its last run.</param>
    /// <param name="closeEvent">The event that closed it.</param>
    public bool ChildClosed(long initiatedEventId, WorkflowExecution child, HistoryEvent closeEvent)
    {
        if (!State.IsOpen || !State.Children.TryGetValue(initiatedEventId, out var known) || known.Initiated.WorkflowId != child.WorkflowId)
            return false;
        // It has closed before this run was told that it has started.
        if (known.StartedEventId == 0)
            ChildStarted(EffectIds.StartChild(initiatedEventId), child.RunId);
        Append(Closed(known, child, closeEvent));
        ScheduleTask();
        return true;
    }

    private HistoryEvent Closed(ChildState known, WorkflowExecution child, HistoryEvent closeEvent)
    {
        var (ns, id, initiated, started) = (known.Initiated.Namespace, known.Initiated.NamespaceId, known.InitiatedEvent.EventId, known.StartedEventId);
        var type = known.Initiated.WorkflowType;
        HistoryEvent e;
        switch (closeEvent.EventType)
        {
            case EventType.WorkflowExecutionCompleted:
                e = New(EventType.ChildWorkflowExecutionCompleted);
                e.ChildWorkflowExecutionCompletedEventAttributes = new() { Result = closeEvent.WorkflowExecutionCompletedEventAttributes.Result, Namespace = ns, NamespaceId = id, WorkflowExecution = child, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started };
                return e;
            case EventType.WorkflowExecutionFailed:
                e = New(EventType.ChildWorkflowExecutionFailed);
                var failed = closeEvent.WorkflowExecutionFailedEventAttributes;
                e.ChildWorkflowExecutionFailedEventAttributes = new() { Failure = failed.Failure, RetryState = failed.RetryState, Namespace = ns, NamespaceId = id, WorkflowExecution = child, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started };
                return e;
            case EventType.WorkflowExecutionCanceled:
                e = New(EventType.ChildWorkflowExecutionCanceled);
                e.ChildWorkflowExecutionCanceledEventAttributes = new() { Details = closeEvent.WorkflowExecutionCanceledEventAttributes.Details, Namespace = ns, NamespaceId = id, WorkflowExecution = child, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started };
                return e;
            case EventType.WorkflowExecutionTimedOut:
                e = New(EventType.ChildWorkflowExecutionTimedOut);
                e.ChildWorkflowExecutionTimedOutEventAttributes = new() { RetryState = closeEvent.WorkflowExecutionTimedOutEventAttributes.RetryState, Namespace = ns, NamespaceId = id, WorkflowExecution = child, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started };
                return e;
            default:
                e = New(EventType.ChildWorkflowExecutionTerminated);
                e.ChildWorkflowExecutionTerminatedEventAttributes = new() { Namespace = ns, NamespaceId = id, WorkflowExecution = child, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started };
                return e;
        }
    }

    /// <summary>The signal has reached the other execution, or cannot.</summary>
    /// <param name="effectId">The effect.</param>
    /// <param name="cause">Why it cannot; Unspecified: it has.</param>
    public void ExternalSignalEnded(string effectId, SignalExternalWorkflowExecutionFailedCause cause)
    {
        var id = EffectIds.EventId(effectId);
        if (!State.IsOpen || !State.SignalsOut.TryGetValue(id, out var signal))
            return;
        var initiated = signal.Initiated.SignalExternalWorkflowExecutionInitiatedEventAttributes;
        var (ns, target) = (NamespaceOr(initiated.Namespace), initiated.WorkflowExecution);
        var e = New(cause == SignalExternalWorkflowExecutionFailedCause.Unspecified ? EventType.ExternalWorkflowExecutionSignaled : EventType.SignalExternalWorkflowExecutionFailed);
        if (e.EventType == EventType.ExternalWorkflowExecutionSignaled)
            e.ExternalWorkflowExecutionSignaledEventAttributes = new() { InitiatedEventId = id, Namespace = ns, NamespaceId = initiated.NamespaceId, WorkflowExecution = target, Control = initiated.Control };
        else
            e.SignalExternalWorkflowExecutionFailedEventAttributes = new() { Cause = cause, InitiatedEventId = id, Namespace = ns, NamespaceId = initiated.NamespaceId, WorkflowExecution = target, Control = initiated.Control };
        Append(e);
        ScheduleTask();
    }

    /// <summary>The request to cancel has reached the other execution, or cannot.</summary>
    /// <param name="effectId">The effect.</param>
    /// <param name="cause">Why it cannot; Unspecified: it has.</param>
    public void ExternalCancelEnded(string effectId, CancelExternalWorkflowExecutionFailedCause cause)
    {
        var id = EffectIds.EventId(effectId);
        if (!State.IsOpen || !State.CancelsOut.TryGetValue(id, out var cancel))
            return;
        var initiated = cancel.Initiated.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
        var (ns, target) = (NamespaceOr(initiated.Namespace), initiated.WorkflowExecution);
        var e = New(cause == CancelExternalWorkflowExecutionFailedCause.Unspecified ? EventType.ExternalWorkflowExecutionCancelRequested : EventType.RequestCancelExternalWorkflowExecutionFailed);
        if (e.EventType == EventType.ExternalWorkflowExecutionCancelRequested)
            e.ExternalWorkflowExecutionCancelRequestedEventAttributes = new() { InitiatedEventId = id, Namespace = ns, NamespaceId = initiated.NamespaceId, WorkflowExecution = target };
        else
            e.RequestCancelExternalWorkflowExecutionFailedEventAttributes = new() { Cause = cause, InitiatedEventId = id, Namespace = ns, NamespaceId = initiated.NamespaceId, WorkflowExecution = target };
        Append(e);
        ScheduleTask();
    }

    /// <summary>Answers NotifyParentEffect and CloseChildEffect.</summary>
    public void EffectDelivered(string effectId)
    {
        if (effectId == EffectIds.NotifyParent)
        {
            changed |= State.NotifyParentPending;
            State.NotifyParentPending = false;
        }
        else
        {
            changed |= State.ChildrenToClose.Remove(EffectIds.EventId(effectId));
        }
    }

    private string NamespaceOr(string ns) => ns.Length > 0 ? ns : context.Namespace.Name;
}
