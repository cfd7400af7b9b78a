using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>A failure that originated at the server.</summary>
public class ServerFailureException : FailureException
{
    /// <summary>Creates the exception from the message received.</summary>
    /// <param name="failure">Message with server failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal ServerFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ServerFailureInfo is null)
        {
            throw new ArgumentException("Failure has no server failure info", nameof(failure));
        }
    }

    /// <summary>The message this exception was made from.</summary>
    public new Failure Failure => base.Failure!;

    /// <summary>True if trying again cannot help.</summary>
    public bool NonRetryable => Failure.ServerFailureInfo.NonRetryable;
}
