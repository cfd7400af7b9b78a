using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>Thrown in a workflow when one of its activities failed; the cause is the inner exception.</summary>
public class ActivityFailureException : FailureException
{
    /// <summary>Creates the exception from the message received.</summary>
    /// <param name="failure">Message with activity failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal ActivityFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ActivityFailureInfo is null)
        {
            throw new ArgumentException("Failure has no activity failure info", nameof(failure));
        }
    }

    /// <summary>The message this exception was made from.</summary>
    public new Failure Failure => base.Failure!;

    /// <summary>Identity of the worker that ran the last attempt, if one did.</summary>
    public string? Identity =>
        Failure.ActivityFailureInfo.Identity is { Length: > 0 } identity ? identity : null;

    /// <summary>Type name of the activity.</summary>
    public string ActivityType => Failure.ActivityFailureInfo.ActivityType.Name;

    /// <summary>Id of the activity within its workflow.</summary>
    public string ActivityId => Failure.ActivityFailureInfo.ActivityId;

    /// <summary>Why the server stopped retrying.</summary>
    public RetryState RetryState => Failure.ActivityFailureInfo.RetryState;
}
