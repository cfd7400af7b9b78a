namespace Temporalio.Exceptions;

/// <summary>Thrown to a client when the worker could not answer a query.</summary>
public class WorkflowQueryFailedException : TemporalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the query failed.</param>
    public WorkflowQueryFailedException(string message)
        : base(message)
    {
    }
}
