namespace Temporalio.Exceptions;

/// <summary>Thrown to a client that waits for a workflow which did not complete; the reason is the inner exception.</summary>
public class WorkflowFailedException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="inner">Why the workflow ended.</param>
    public WorkflowFailedException(Exception? inner)
        : base("Workflow failed", inner)
    {
    }
}
