using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// A child workflow.
/// </summary>
/// <param name="owner">Run.</param>
/// <param name="request">What the workflow asked for.</param>
internal sealed class ChildWorkflowMachine(WorkflowMachines owner, WorkflowRequest.StartChild request) : CommandMachine
{
    private readonly string workflowId = request.Attributes.WorkflowId;
    private readonly string workflowType = request.Attributes.WorkflowType.Name;
    private readonly bool checkIdAndType = owner.Flags.TryUse(SdkFlags.IdAndTypeChecks, owner.IsReplaying);
    private State state = State.Requested;
    private bool toldStart;
    private bool toldEnd;
    private bool cancelRequested;
    private long initiatedEventId;
    private long startedEventId;
    private string runId = string.Empty;

    private enum State
    {
        Requested,
        Initiated,
        Started,
        Done,
    }

    private string Wish => $"child workflow {workflowType} with id {workflowId}";

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        switch (state, e.EventType)
        {
            case (State.Requested, EventType.StartChildWorkflowExecutionInitiated):
                OnInitiated(e, e.StartChildWorkflowExecutionInitiatedEventAttributes);
                break;
            case (State.Initiated, EventType.StartChildWorkflowExecutionFailed):
                state = State.Done;
                TellStart(null, e.StartChildWorkflowExecutionFailedEventAttributes.Cause, null);
                break;
            case (State.Initiated, EventType.ChildWorkflowExecutionStarted):
                state = State.Started;
                startedEventId = e.EventId;
                runId = e.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId;
                TellStart(runId, StartChildWorkflowExecutionFailedCause.Unspecified, null);
                break;
            case (State.Started, _) when EndOf(e) is { } end:
                state = State.Done;
                TellEnd(end);
                break;
            default:
                throw Mismatch(e, Wish);
        }
    }

    /// <summary>Cancels the child in the way that its options say.</summary>
    /// <param name="reason">Why, for the child's history.</param>
    internal void Cancel(string reason)
    {
        switch (state)
        {
            case State.Requested:
                CanceledBeforeSent = true;
                state = State.Done;
                TellStart(null, StartChildWorkflowExecutionFailedCause.Unspecified, Canceled("before scheduled"));
                break;
            case State.Initiated or State.Started when !cancelRequested:
                cancelRequested = true;
                RequestCancel(reason);
                break;
        }
    }

    private void RequestCancel(string reason)
    {
        if (request.CancellationType != ChildWorkflowCancellationType.Abandon)
        {
            owner.AddCommand(
                new()
                {
                    CommandType = CommandType.RequestCancelExternalWorkflowExecution,
                    RequestCancelExternalWorkflowExecutionCommandAttributes = new()
                    {
                        WorkflowId = workflowId,
                        RunId = runId,
                        ChildWorkflowOnly = true,
                        Reason = reason,
                    },
                },
                new CancelExternalMachine(workflowId, _ => OnCancelDelivered()));
        }
        if (request.CancellationType is ChildWorkflowCancellationType.Abandon or ChildWorkflowCancellationType.TryCancel)
        {
            TellCanceled();
        }
    }

    private void OnCancelDelivered()
    {
        if (request.CancellationType == ChildWorkflowCancellationType.WaitCancellationRequested)
        {
            TellCanceled();
        }
    }

    private void TellCanceled()
    {
        TellStart(null, StartChildWorkflowExecutionFailedCause.Unspecified, Canceled("before it started"));
        TellEnd(new ActivityResolution.Failed(Canceled(string.Empty)));
    }

    private void OnInitiated(HistoryEvent e, StartChildWorkflowExecutionInitiatedEventAttributes initiated)
    {
        if (checkIdAndType && (initiated.WorkflowId != workflowId || initiated.WorkflowType.Name != workflowType))
        {
            throw Mismatch(e, Wish);
        }
        initiatedEventId = e.EventId;
        state = State.Initiated;
    }

    private ActivityResolution? EndOf(HistoryEvent e) => e.EventType switch
    {
        EventType.ChildWorkflowExecutionCompleted =>
            new ActivityResolution.Completed(e.ChildWorkflowExecutionCompletedEventAttributes.Result?.Payloads_.FirstOrDefault()),
        EventType.ChildWorkflowExecutionFailed => new ActivityResolution.Failed(Wrap(
            "Child Workflow execution failed",
            e.ChildWorkflowExecutionFailedEventAttributes.Failure,
            e.ChildWorkflowExecutionFailedEventAttributes.RetryState)),
        EventType.ChildWorkflowExecutionTimedOut => new ActivityResolution.Failed(Wrap(
            "Child Workflow execution timed out",
            new() { Message = "Timed out", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } },
            e.ChildWorkflowExecutionTimedOutEventAttributes.RetryState)),
        EventType.ChildWorkflowExecutionCanceled => new ActivityResolution.Failed(Canceled(string.Empty)),
        EventType.ChildWorkflowExecutionTerminated => new ActivityResolution.Failed(Wrap(
            "Child Workflow execution terminated",
            new() { Message = "Terminated", TerminatedFailureInfo = new() },
            RetryState.NonRetryableFailure)),
        _ => null,
    };

    private Failure Canceled(string when) => Wrap(
        $"Child Workflow execution cancelled {when}".TrimEnd(),
        new() { CanceledFailureInfo = new() },
        RetryState.NonRetryableFailure);

    private Failure Wrap(string message, Failure cause, RetryState retryState) => new()
    {
        Message = message,
        Cause = cause,
        ChildWorkflowExecutionFailureInfo = new()
        {
            Namespace = request.Namespace,
            WorkflowExecution = new() { WorkflowId = workflowId, RunId = runId },
            WorkflowType = new() { Name = workflowType },
            InitiatedEventId = initiatedEventId,
            StartedEventId = startedEventId,
            RetryState = retryState,
        },
    };

    private void TellStart(string? run, StartChildWorkflowExecutionFailedCause cause, Failure? canceled)
    {
        if (toldStart)
        {
            return;
        }
        toldStart = true;
        toldEnd |= run == null;
        owner.AddJob(new ActivationJob.ResolveChildStart(request.Sequence, run, cause, canceled));
    }

    private void TellEnd(ActivityResolution end)
    {
        if (!toldEnd)
        {
            toldEnd = true;
            owner.AddJob(new ActivationJob.ResolveChild(request.Sequence, end));
        }
    }
}
