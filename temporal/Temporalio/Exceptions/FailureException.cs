using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>
/// Base of all exceptions that travel as a <see cref="Api.Failure.V1.Failure"/> message. Thrown out of a workflow, any of
/// them fails that workflow.
/// </summary>
public class FailureException : TemporalException
{
    /// <summary>Creates a failure on the sending side.</summary>
    /// <param name="message">Message of the failure.</param>
    /// <param name="inner">Cause, if any.</param>
    protected internal FailureException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Creates a failure on the receiving side.</summary>
    /// <param name="failure">Message received (temporal.api.failure.v1.Failure).</param>
    /// <param name="inner">Cause, already converted.</param>
    protected internal FailureException(Failure failure, Exception? inner)
        : base(failure.Message, inner)
    {
        Failure = failure;
    }

    /// <summary>The message this exception was made from; null when user code made the exception.</summary>
    public Failure? Failure { get; protected init; }

    /// <summary>Stack trace of this process if it was thrown here, else the one that came with the message.</summary>
    public override string? StackTrace =>
        base.StackTrace is { Length: > 0 } own ? own
        : Failure is { StackTrace.Length: > 0 } failure ? failure.StackTrace
        : base.StackTrace;
}
