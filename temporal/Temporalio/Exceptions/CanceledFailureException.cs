using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>A cancellation that travels as a failure.</summary>
public class CanceledFailureException : FailureException
{
    /// <summary>Creates a cancellation on the sending side.</summary>
    /// <param name="message">Message of the failure.</param>
    /// <param name="details">Values that travel with it.</param>
    protected internal CanceledFailureException(string message, IReadOnlyCollection<object?>? details = null)
        : base(message) => Details = new OutboundFailureDetails(details ?? []);

    /// <summary>Creates a cancellation from the message received.</summary>
    /// <param name="failure">Message with canceled failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <param name="converter">Converter for the details, used when they are read.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal CanceledFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        var info = failure.CanceledFailureInfo
            ?? throw new ArgumentException("Failure has no canceled failure info", nameof(failure));
        Details = new InboundFailureDetails(converter, info.Details?.Payloads_);
    }

    /// <summary>The message this exception was made from.</summary>
    public new Failure Failure => base.Failure!;

    /// <summary>Values that travel with the cancellation. Never null.</summary>
    public IFailureDetails Details { get; protected init; }
}
