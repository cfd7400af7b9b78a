using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>A workflow that was terminated from outside.</summary>
public class TerminatedFailureException : FailureException
{
    /// <summary>Creates the exception from the message received.</summary>
    /// <param name="failure">Message with terminated failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <param name="details">Details the terminating client gave, if they are known here.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal TerminatedFailureException(Failure failure, Exception? inner, InboundFailureDetails? details)
        : base(failure, inner)
    {
        if (failure.TerminatedFailureInfo is null)
        {
            throw new ArgumentException("Failure has no terminated failure info", nameof(failure));
        }
        Details = details;
    }

    /// <summary>The message this exception was made from.</summary>
    public new Failure Failure => base.Failure!;

    /// <summary>Details the terminating client gave; null inside a parent workflow, which is not told them.</summary>
    public IFailureDetails? Details { get; protected init; }
}
