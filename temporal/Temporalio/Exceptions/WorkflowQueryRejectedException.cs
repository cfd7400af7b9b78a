using Temporalio.Api.Enums.V1;

namespace Temporalio.Exceptions;

/// <summary>Thrown to a client when the reject condition of its query held.</summary>
public class WorkflowQueryRejectedException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="workflowStatus">Status of the workflow that made the server refuse.</param>
    public WorkflowQueryRejectedException(WorkflowExecutionStatus workflowStatus)
        : base($"Query rejected, workflow status: {workflowStatus}") => WorkflowStatus = workflowStatus;

    /// <summary>Status of the workflow that made the server refuse.</summary>
    public WorkflowExecutionStatus WorkflowStatus { get; private init; }
}
