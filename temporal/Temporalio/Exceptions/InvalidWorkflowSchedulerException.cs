namespace Temporalio.Exceptions;

/// <summary>Workflow code left its task scheduler, for instance by <c>Task.Run</c> or <c>ConfigureAwait(false)</c>.</summary>
public class InvalidWorkflowSchedulerException : InvalidWorkflowOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was done.</param>
    /// <param name="stackTraceOverride">Where it was done, if that is not where the exception is thrown.</param>
    internal InvalidWorkflowSchedulerException(string message, string? stackTraceOverride = null)
        : base(message, stackTraceOverride)
    {
    }
}
