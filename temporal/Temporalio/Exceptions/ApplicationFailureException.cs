using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>
/// An error of user code. A workflow throws it to fail itself; an exception of any other type thrown by an activity becomes
/// one of these, retryable, with the class name as its <see cref="ErrorType"/>.
/// </summary>
public class ApplicationFailureException : FailureException
{
    /// <summary>Creates a failure without a cause.</summary>
    /// <param name="message">Message of the failure.</param>
    /// <param name="errorType">Stable name that retry policies and callers can match.</param>
    /// <param name="nonRetryable">True if trying again cannot help.</param>
    /// <param name="details">Values that travel with the failure.</param>
    /// <param name="nextRetryDelay">Delay before the next attempt instead of the policy's.</param>
    /// <param name="category">How the failure is logged and counted.</param>
    public ApplicationFailureException(
        string message,
        string? errorType = null,
        bool nonRetryable = false,
        IReadOnlyCollection<object?>? details = null,
        TimeSpan? nextRetryDelay = null,
        ApplicationErrorCategory category = ApplicationErrorCategory.Unspecified)
        : this(message, null, errorType, nonRetryable, details, nextRetryDelay, category)
    {
    }

    /// <summary>Creates a failure with a cause.</summary>
    /// <param name="message">Message of the failure.</param>
    /// <param name="inner">Cause.</param>
    /// <param name="errorType">Stable name that retry policies and callers can match.</param>
    /// <param name="nonRetryable">True if trying again cannot help.</param>
    /// <param name="details">Values that travel with the failure.</param>
    /// <param name="nextRetryDelay">Delay before the next attempt instead of the policy's.</param>
    /// <param name="category">How the failure is logged and counted.</param>
    public ApplicationFailureException(
        string message,
        Exception? inner,
        string? errorType = null,
        bool nonRetryable = false,
        IReadOnlyCollection<object?>? details = null,
        TimeSpan? nextRetryDelay = null,
        ApplicationErrorCategory category = ApplicationErrorCategory.Unspecified)
        : base(message, inner)
    {
        ErrorType = errorType;
        NonRetryable = nonRetryable;
        Details = new OutboundFailureDetails(details ?? []);
        NextRetryDelay = nextRetryDelay;
        Category = category;
    }

    /// <summary>Creates a failure from the message received.</summary>
    /// <param name="failure">Message with application failure info.</param>
    /// <param name="inner">Cause, already converted.</param>
    /// <param name="converter">Converter for the details, used when they are read.</param>
    /// <exception cref="ArgumentException">The message carries another kind of info.</exception>
    protected internal ApplicationFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        var info = failure.ApplicationFailureInfo
            ?? throw new ArgumentException("Failure has no application failure info", nameof(failure));
        ErrorType = info.Type.Length == 0 ? null : info.Type;
        NonRetryable = info.NonRetryable;
        Details = new InboundFailureDetails(converter, info.Details?.Payloads_);
        NextRetryDelay = info.NextRetryDelay?.ToTimeSpan();
        Category = info.Category;
    }

    /// <summary>Stable name of the error, if one was given.</summary>
    public string? ErrorType { get; protected init; }

    /// <summary>True if trying again cannot help.</summary>
    public bool NonRetryable { get; protected init; }

    /// <summary>Values that travel with the failure: outbound when made here, inbound when received. Never null.</summary>
    public IFailureDetails Details { get; protected init; }

    /// <summary>Delay before the next attempt instead of the policy's, if set.</summary>
    public TimeSpan? NextRetryDelay { get; protected init; }

    /// <summary>How the failure is logged and counted.</summary>
    public ApplicationErrorCategory Category { get; protected init; }
}
