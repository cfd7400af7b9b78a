using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// A request to cancel another workflow.
/// </summary>
/// <param name="workflowId">The other workflow.</param>
/// <param name="tell">Receives the outcome: null once the request is delivered, else why it was not.</param>
internal sealed class CancelExternalMachine(string workflowId, Action<Failure?> tell) : CommandMachine
{
    private bool recorded;

    /// <inheritdoc/>
    internal override void OnEvent(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.RequestCancelExternalWorkflowExecutionInitiated when !recorded:
                recorded = true;
                break;
            case EventType.ExternalWorkflowExecutionCancelRequested when recorded:
                tell(null);
                break;
            case EventType.RequestCancelExternalWorkflowExecutionFailed when recorded:
                tell(Failed(e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.Cause));
                break;
            default:
                throw Mismatch(e, $"the cancellation of workflow {workflowId}");
        }
    }

    private static Failure Failed(CancelExternalWorkflowExecutionFailedCause cause) => new()
    {
        Message = cause == CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound
            ? "Unable to cancel external workflow because it was not found"
            : $"Unable to cancel external workflow: {cause}",
        ApplicationFailureInfo = new() { Type = cause.ToString(), NonRetryable = true },
    };
}
