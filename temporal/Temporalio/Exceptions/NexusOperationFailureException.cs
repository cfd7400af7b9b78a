using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>Thrown in a workflow when a Nexus operation failed; the cause is the inner exception.</summary>
public class NexusOperationFailureException : FailureException
{
    /// <summary>Creates the exception from the message received.</summary>
    /// <param name="failure">Message with Nexus operation failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal NexusOperationFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.NexusOperationExecutionFailureInfo is null)
        {
            throw new ArgumentException("Failure has no Nexus operation failure info", nameof(failure));
        }
    }

    /// <summary>The message this exception was made from.</summary>
    public new Failure Failure => base.Failure!;

    /// <summary>Endpoint that was called.</summary>
    public string Endpoint => Failure.NexusOperationExecutionFailureInfo.Endpoint;

    /// <summary>Service that was called.</summary>
    public string Service => Failure.NexusOperationExecutionFailureInfo.Service;

    /// <summary>Operation that was called.</summary>
    public string Operation => Failure.NexusOperationExecutionFailureInfo.Operation;

    /// <summary>Token of the operation; empty if it failed before it became asynchronous.</summary>
    public string OperationToken => Failure.NexusOperationExecutionFailureInfo.OperationToken;
}
