namespace Temporalio.Exceptions;

/// <summary>
/// Workflow code does not agree with its history. Seen from a replayer, or named as a failure type so that it fails the
/// workflow instead of the task.
/// </summary>
public class WorkflowNondeterminismException : InvalidWorkflowOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Where code and history differ.</param>
    internal WorkflowNondeterminismException(string message)
        : base(message)
    {
    }
}
