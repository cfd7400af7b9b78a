namespace Temporalio.Exceptions;

/// <summary>Workflow code did something that workflows must not do. It fails the workflow task, not the workflow.</summary>
public class InvalidWorkflowOperationException : TemporalException
{
    private readonly string? stackTraceOverride;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was done.</param>
    /// <param name="stackTraceOverride">Where it was done, if that is not where the exception is thrown.</param>
    internal InvalidWorkflowOperationException(string message, string? stackTraceOverride = null)
        : base(message) => this.stackTraceOverride = stackTraceOverride;

    /// <inheritdoc />
    public override string? StackTrace => stackTraceOverride ?? base.StackTrace;
}
