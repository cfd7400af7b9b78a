using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>A timeout of a workflow or an activity.</summary>
public class TimeoutFailureException : FailureException
{
    /// <summary>Creates the exception from the message received.</summary>
    /// <param name="failure">Message with timeout failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <param name="converter">Converter for the heartbeat details, used when they are read.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal TimeoutFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        var info = failure.TimeoutFailureInfo
            ?? throw new ArgumentException("Failure has no timeout failure info", nameof(failure));
        LastHeartbeatDetails = new(converter, info.LastHeartbeatDetails?.Payloads_);
    }

    /// <summary>The message this exception was made from.</summary>
    public new Failure Failure => base.Failure!;

    /// <summary>Which of the timeouts ran out.</summary>
    public TimeoutType TimeoutType => Failure.TimeoutFailureInfo.TimeoutType;

    /// <summary>Details of the last heartbeat before the timeout; empty if there was none.</summary>
    public InboundFailureDetails LastHeartbeatDetails { get; protected init; }
}
