namespace Temporalio.Exceptions;

/// <summary>Thrown to a client when an update was rejected or failed; the reason is the inner exception.</summary>
public class WorkflowUpdateFailedException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="inner">Why the update failed.</param>
    public WorkflowUpdateFailedException(Exception? inner)
        : base("Workflow update failed", inner)
    {
    }
}
