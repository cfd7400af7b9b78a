namespace Temporalio.Exceptions;

/// <summary>Thrown when a workflow cannot start because its id is in use.</summary>
public class WorkflowAlreadyStartedException : FailureException
{
    /// <summary>Creates the exception for an unknown workflow type.</summary>
    /// <param name="message">Message.</param>
    /// <param name="workflowId">Id in use.</param>
    /// <param name="runId">Run that uses it.</param>
    [Obsolete("Use the constructor that takes the workflow type")]
    public WorkflowAlreadyStartedException(string message, string workflowId, string runId)
        : this(message, workflowId, "<unknown>", runId)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Message.</param>
    /// <param name="workflowId">Id in use.</param>
    /// <param name="workflowType">Type that was to be started.</param>
    /// <param name="runId">Run that uses the id.</param>
    public WorkflowAlreadyStartedException(string message, string workflowId, string workflowType, string runId)
        : base(message)
    {
        WorkflowId = workflowId;
        WorkflowType = workflowType;
        RunId = runId;
    }

    /// <summary>Id in use.</summary>
    public string WorkflowId { get; private init; }

    /// <summary>Type that was to be started.</summary>
    public string WorkflowType { get; private init; }

    /// <summary>Run that uses the id; <c>&lt;unknown&gt;</c> for a child workflow, where the server does not tell.</summary>
    public string RunId { get; private init; }
}
