using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Exceptions;

namespace Temporalio.Converters;

/// <summary>Failure converter of this library. Derive from it to change how exceptions travel.</summary>
public class DefaultFailureConverter : IFailureConverter
{
    // Google.Protobuf refuses messages nested deeper than 100, so a longer chain of causes could be sent but never read.
    private const int MaxCauses = 64;

    private const string EncodedMessage = "Encoded failure";

    /// <summary>Creates a converter that leaves message and stack trace readable.</summary>
    public DefaultFailureConverter()
        : this(new())
    {
    }

    /// <summary>Creates a converter with options.</summary>
    /// <param name="options">Options, which must not be changed afterwards.</param>
    protected DefaultFailureConverter(DefaultFailureConverterOptions options) => Options = options;

    /// <summary>Options, which must not be changed.</summary>
    public DefaultFailureConverterOptions Options { get; private init; }

    /// <inheritdoc />
    public virtual Failure ToFailure(Exception exception, IPayloadConverter payloadConverter)
    {
        var root = ToSingleFailure(exception, payloadConverter);
        var last = root;
        var cause = HasOwnCause(exception) ? null : exception.InnerException;
        for (var depth = 1; cause is not null && depth < MaxCauses; depth++)
        {
            last.Cause = ToSingleFailure(cause, payloadConverter);
            last = last.Cause;
            cause = HasOwnCause(cause) ? null : cause.InnerException;
        }
        return root;
    }

    /// <inheritdoc />
    public virtual Exception ToException(Failure failure, IPayloadConverter payloadConverter)
    {
        if (failure.EncodedAttributes is not null)
        {
            DecodeCommonAttributes(failure, payloadConverter);
        }
        var inner = failure.Cause is null ? null : ToException(failure.Cause, payloadConverter);
        return failure.FailureInfoCase switch
        {
            Failure.FailureInfoOneofCase.ApplicationFailureInfo =>
                new ApplicationFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.TimeoutFailureInfo =>
                new TimeoutFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.CanceledFailureInfo =>
                new CanceledFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.TerminatedFailureInfo => new TerminatedFailureException(failure, inner, null),
            Failure.FailureInfoOneofCase.ServerFailureInfo => new ServerFailureException(failure, inner),
            Failure.FailureInfoOneofCase.ActivityFailureInfo => new ActivityFailureException(failure, inner),
            Failure.FailureInfoOneofCase.ChildWorkflowExecutionFailureInfo =>
                new ChildWorkflowFailureException(failure, inner),
            Failure.FailureInfoOneofCase.NexusOperationExecutionFailureInfo =>
                new NexusOperationFailureException(failure, inner),
            Failure.FailureInfoOneofCase.NexusHandlerFailureInfo => new NexusHandlerFailureException(failure, inner),
            _ => new FailureException(failure, inner),
        };
    }

    // A failure that was received travels on as it came, its causes included.
    private static bool HasOwnCause(Exception exception) => exception is FailureException { Failure: not null };

    private static void DecodeCommonAttributes(Failure failure, IPayloadConverter converter)
    {
        Dictionary<string, string>? attributes;
        try
        {
            attributes = converter.ToValue<Dictionary<string, string>>(failure.EncodedAttributes);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or NotSupportedException)
        {
            // Written by another converter or still encrypted: the failure itself is more useful than an error about it.
            return;
        }
        if (attributes?.TryGetValue("message", out var message) == true)
        {
            failure.Message = message ?? string.Empty;
            failure.StackTrace = attributes.GetValueOrDefault("stack_trace") ?? failure.StackTrace;
        }
    }

    private static Payloads? ToDetails(IFailureDetails details, IPayloadConverter converter) => details switch
    {
        { Count: 0 } => null,
        OutboundFailureDetails { Details: { } values } => new() { Payloads_ = { values.Select(converter.ToPayload) } },
        InboundFailureDetails { Payloads: { } payloads } => new() { Payloads_ = { payloads } },
        _ => throw new ArgumentException($"Unexpected kind of failure details {details.GetType()}"),
    };

    private static Failure FromFailureException(FailureException exception, string? stackTrace, IPayloadConverter converter)
    {
        if (exception.Failure is { } received)
        {
            return received.Clone();
        }
        var failure = new Failure { Message = exception.Message, StackTrace = stackTrace ?? string.Empty };
        switch (exception)
        {
            case ApplicationFailureException application:
                failure.ApplicationFailureInfo = new()
                {
                    Type = application.ErrorType ?? string.Empty,
                    NonRetryable = application.NonRetryable,
                    Details = ToDetails(application.Details, converter),
                    NextRetryDelay = application.NextRetryDelay is { } delay ? Duration.FromTimeSpan(delay) : null,
                    Category = application.Category,
                };
                break;
            case CanceledFailureException canceled:
                failure.CanceledFailureInfo = new() { Details = ToDetails(canceled.Details, converter) };
                break;
            case WorkflowAlreadyStartedException or ScheduleAlreadyRunningException:
                // They have no info of their own on the wire.
                break;
            default:
                throw new ArgumentException($"Unexpected failure type {exception.GetType()} without failure proto");
        }
        return failure;
    }

    private Failure ToSingleFailure(Exception exception, IPayloadConverter converter)
    {
        // The stack trace is the thrown exception's, also when a new exception stands for it here.
        var asFailure = exception as FailureException
            ?? new ApplicationFailureException(exception.Message, errorType: exception.GetType().Name);
        var failure = FromFailureException(asFailure, exception.StackTrace, converter);
        if (Options.EncodeCommonAttributes)
        {
            EncodeCommonAttributes(failure, converter);
        }
        return failure;
    }

    private static void EncodeCommonAttributes(Failure failure, IPayloadConverter converter)
    {
        failure.EncodedAttributes = converter.ToPayload(new Dictionary<string, string>
        {
            ["message"] = failure.Message,
            ["stack_trace"] = failure.StackTrace,
        });
        failure.Message = EncodedMessage;
        failure.StackTrace = string.Empty;
    }

    /// <summary>The default converter with <see cref="DefaultFailureConverterOptions.EncodeCommonAttributes"/> set.</summary>
    public class WithEncodedCommonAttributes : DefaultFailureConverter
    {
        /// <summary>Creates the converter.</summary>
        public WithEncodedCommonAttributes()
            : base(new() { EncodeCommonAttributes = true })
        {
        }
    }
}
