using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>
/// Failure of a Nexus handler.
/// </summary>
public class NexusHandlerFailureException : FailureException
{
    /// <summary>Creates the exception from the message received.</summary>
    /// <param name="failure">Message with Nexus handler failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal NexusHandlerFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.NexusHandlerFailureInfo is null)
        {
            throw new ArgumentException("Failure has no Nexus handler failure info", nameof(failure));
        }
    }

    /// <summary>The message this exception was made from.</summary>
    public new Failure Failure => base.Failure!;

    /// <summary>Error type as the Nexus specification spells it, such as <c>NOT_FOUND</c>.</summary>
    public string RawErrorType => Failure.NexusHandlerFailureInfo.Type;

    /// <summary>Error type; <see cref="NexusRpc.Handlers.HandlerErrorType.Unknown"/> for one that this version does not know.</summary>
    public NexusRpc.Handlers.HandlerErrorType ErrorType =>
        NexusRpc.Handlers.HandlerException.TryParseErrorType(RawErrorType, out var type) ? type : NexusRpc.Handlers.HandlerErrorType.Unknown;

    /// <summary>Whether the handler asks for a retry.</summary>
    public NexusHandlerErrorRetryBehavior ErrorRetryBehavior => Failure.NexusHandlerFailureInfo.RetryBehavior;
}
