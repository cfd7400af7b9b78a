namespace Temporalio.Exceptions;

/// <summary>Thrown to a client that waits for one run only when that run continued as a new one.</summary>
public class WorkflowContinuedAsNewException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="newRunId">Run id of the new run.</param>
    public WorkflowContinuedAsNewException(string newRunId)
        : base("Workflow continued as new") => NewRunId = newRunId;

    /// <summary>Run id of the new run.</summary>
    public string NewRunId { get; private init; }
}
