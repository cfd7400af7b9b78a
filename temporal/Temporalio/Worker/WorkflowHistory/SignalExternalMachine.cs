using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// A signal to another workflow.
/// </summary>
/// <param name="owner">Run.</param>
/// <param name="request">What the workflow asked for.</param>
internal sealed class SignalExternalMachine(WorkflowMachines owner, WorkflowRequest.SignalExternal request) : CommandMachine
{
    private bool recorded;
    private bool told;

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.SignalExternalWorkflowExecutionInitiated when !recorded:
                recorded = true;
                break;
            case EventType.ExternalWorkflowExecutionSignaled when recorded:
                Tell(null);
                break;
            case EventType.SignalExternalWorkflowExecutionFailed when recorded:
                Tell(Failed(e.SignalExternalWorkflowExecutionFailedEventAttributes.Cause));
                break;
            default:
                throw Mismatch(e, $"signal {request.Attributes.SignalName} to workflow {request.Attributes.Execution.WorkflowId}");
        }
    }

    /// <summary>Takes the signal back, if it has not been sent.</summary>
    internal void Cancel()
    {
        if (recorded || told)
        {
            return;
        }
        CanceledBeforeSent = true;
        Tell(new() { Message = "Signal was cancelled before being sent", CanceledFailureInfo = new() });
    }

    private static Failure Failed(SignalExternalWorkflowExecutionFailedCause cause) => new()
    {
        Message = cause == SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound
            ? "Unable to signal external workflow because it was not found"
            : $"Unable to signal external workflow: {cause}",
        ApplicationFailureInfo = new() { Type = cause.ToString(), NonRetryable = true },
    };

    private void Tell(Failure? failure)
    {
        told = true;
        owner.AddJob(new ActivationJob.ResolveSignalExternal(request.Sequence, failure));
    }
}
