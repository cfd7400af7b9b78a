namespace Temporalio.DevServer.Executions;

// What reaches a run from outside: signals, cancel requests, termination, further start requests.
internal sealed partial class Transition
{
    /// <summary>Records a signal; false if the same request was recorded before.</summary>
    /// <exception cref="RpcRefusal">The run is closed or closing, or has had too many signals.</exception>
    public bool Signal(SignalFacts facts)
    {
        RequireOpen();
        if (facts.RequestId.Length > 0 && State.SignalRequests.Contains(facts.RequestId))
            return false;
        RequireNotClosing();
        if (State.SignalCount >= Limits.Signals)
            throw RpcRefusal.InvalidArgument("exceeded workflow execution limit for signal events");
        WriteSignal(facts);
        ScheduleTask();
        return true;
    }

    /// <summary>Asks the workflow to cancel itself; false if that was asked before, or the run has ended anyway.</summary>
    public bool RequestCancel(CancelFacts facts)
    {
        if (!State.IsOpen || State.CancelRequested)
            return false;
        State.CancelRequestId = facts.RequestId;
        var e = New(EventType.WorkflowExecutionCancelRequested);
        e.WorkflowExecutionCancelRequestedEventAttributes = new WorkflowExecutionCancelRequestedEventAttributes
        {
            Cause = facts.Reason,
            Identity = facts.Identity,
            ExternalInitiatedEventId = facts.ExternalInitiatedEventId,
            ExternalWorkflowExecution = facts.ExternalExecution,
        };
        e.Links.AddRange(facts.Links);
        Append(e);
        ScheduleTask();
        return true;
    }

    /// <summary>Closes the run at once.</summary>
    /// <exception cref="RpcRefusal">It is closed.</exception>
    public void Terminate(string reason, Payloads? details, string identity, IReadOnlyList<Link> links)
    {
        RequireOpen();
        CutOffTask();
        WriteTerminated(reason.Length > 0 ? reason : "terminated by user via frontend", details, identity.Length > 0 ? identity : "frontend-service", links);
        EndUpdatesOfClosedRun(continues: false);
    }

    /// <summary>Attaches a start request to the open run (conflict policy USE_EXISTING with on_conflict_options).</summary>
    /// <exception cref="RpcRefusal">The run is closed.</exception>
    public void AttachStart(StartWorkflowExecutionRequest request)
    {
        RequireOpen();
        var options = request.OnConflictOptions;
        if (options is null || (!options.AttachRequestId && !options.AttachCompletionCallbacks && !options.AttachLinks))
            return;
        if (options.AttachRequestId && State.RequestEvents.ContainsKey(request.RequestId))
            return;
        var e = New(EventType.WorkflowExecutionOptionsUpdated);
        e.WorkerMayIgnore = true;
        var updated = e.WorkflowExecutionOptionsUpdatedEventAttributes = new WorkflowExecutionOptionsUpdatedEventAttributes { Identity = request.Identity };
        if (options.AttachRequestId)
            updated.AttachedRequestId = request.RequestId;
        if (options.AttachCompletionCallbacks)
            updated.AttachedCompletionCallbacks.AddRange(request.CompletionCallbacks);
        if (options.AttachLinks)
            e.Links.AddRange(request.Links);
        Append(e);
    }

    private void WriteSignal(SignalFacts facts)
    {
        var e = New(EventType.WorkflowExecutionSignaled);
        e.WorkflowExecutionSignaledEventAttributes = new WorkflowExecutionSignaledEventAttributes
        {
            SignalName = facts.Name,
            Input = facts.Input,
            Identity = facts.Identity,
            Header = facts.Header,
            ExternalWorkflowExecution = facts.ExternalExecution,
            RequestId = facts.RequestId,
        };
        e.Links.AddRange(facts.Links);
        Append(e);
    }

    private void WriteTerminated(string reason, Payloads? details, string identity, IReadOnlyList<Link> links)
    {
        var e = New(EventType.WorkflowExecutionTerminated);
        e.WorkflowExecutionTerminatedEventAttributes = new WorkflowExecutionTerminatedEventAttributes { Reason = reason, Details = details, Identity = identity };
        e.Links.AddRange(links);
        Close(e);
    }

    /// <summary>The run ends from outside: a task that is with a worker fails, and what was buffered for its end is written.</summary>
    private void CutOffTask()
    {
        if (State.Task is { IsStarted: true } task)
        {
            FailTask(task, WorkflowTaskFailedCause.ForceCloseCommand, failure: null, ServerIdentity);
            State.TaskAttempt = 1;
        }

        FlushBuffer();
    }
}

/// <summary>A signal, whoever sends it.</summary>
/// <param name="Name">The signal's name.</param>
/// <param name="Input">Its arguments, or null.</param>
/// <param name="Identity">Who sends it.</param>
/// <param name="RequestId">The second signal with the same one is not recorded; empty: no check.</param>
/// <param name="Header">Its header, or null.</param>
/// <param name="Links">Where it comes from.</param>
/// <param name="ExternalExecution">The workflow that sends it, or null.</param>
internal sealed record SignalFacts(
    string Name, Payloads? Input, string Identity, string RequestId, Header? Header, IReadOnlyList<Link> Links, WorkflowExecution? ExternalExecution = null);

/// <summary>A request to cancel, whoever sends it.</summary>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Identity">Who asks.</param>
/// <param name="RequestId">The same request twice is no error.</param>
/// <param name="Links">Where it comes from.</param>
/// <param name="ExternalExecution">The workflow that asks, or null.</param>
/// <param name="ExternalInitiatedEventId">Its event, or 0.</param>
internal sealed record CancelFacts(
    string Reason, string Identity, string RequestId, IReadOnlyList<Link> Links, WorkflowExecution? ExternalExecution = null, long ExternalInitiatedEventId = 0);
