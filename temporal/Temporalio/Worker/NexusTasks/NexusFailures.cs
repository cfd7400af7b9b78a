using Google.Protobuf;
using NexusRpc.Handlers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using NexusFailure = Temporalio.Api.Nexus.V1.Failure;

namespace Temporalio.Worker.NexusTasks;

/// <summary>What becomes of a handler's exceptions.</summary>
internal static class NexusFailures
{
    /// <summary>Says what kind of error an exception is for the caller, and by that whether it is tried again.</summary>
    /// <param name="exception">What a handler threw.</param>
    /// <returns>The error.</returns>
    internal static HandlerException ToHandlerException(Exception exception) => exception switch
    {
        HandlerException error => error,
        ApplicationFailureException { NonRetryable: true } => new(
            HandlerErrorType.Internal,
            "Handler failed with non-retryable application error",
            exception,
            HandlerErrorRetryBehavior.NonRetryable),
        WorkflowAlreadyStartedException started => new(
            HandlerErrorType.Internal,
            "Handler failed with an id that is taken",
            new ApplicationFailureException(started.Message, errorType: nameof(WorkflowAlreadyStartedException), nonRetryable: true),
            HandlerErrorRetryBehavior.NonRetryable),
        RpcException rpc => FromRpc(rpc),
        _ => new(HandlerErrorType.Internal, "Handler failed", exception),
    };

    /// <summary>The error as it goes over the wire.</summary>
    /// <param name="error">The error.</param>
    /// <param name="converter">Converters without a context.</param>
    /// <returns>Message.</returns>
    internal static async Task<HandlerError> ToErrorAsync(HandlerException error, DataConverter converter) => new()
    {
        ErrorType = error.RawErrorType,
        RetryBehavior = error.ErrorRetryBehavior switch
        {
            HandlerErrorRetryBehavior.Retryable => NexusHandlerErrorRetryBehavior.Retryable,
            HandlerErrorRetryBehavior.NonRetryable => NexusHandlerErrorRetryBehavior.NonRetryable,
            _ => NexusHandlerErrorRetryBehavior.Unspecified,
        },
        Failure = await ToFailureAsync(error, converter).ConfigureAwait(false),
    };

    /// <summary>An exception as a failure of the Nexus protocol: the message in the open, the rest as JSON beside it.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="converter">Converters without a context.</param>
    /// <returns>Message.</returns>
    internal static async Task<NexusFailure> ToFailureAsync(Exception exception, DataConverter converter)
    {
        var failure = await converter.ToFailureAsync(exception).ConfigureAwait(false);
        var message = failure.Message;
        failure.Message = string.Empty;
        return new()
        {
            Message = message,
            Metadata = { ["type"] = Api.Failure.V1.Failure.Descriptor.FullName },
            Details = ByteString.CopyFromUtf8(JsonFormatter.Default.Format(failure)),
        };
    }

    private static HandlerException FromRpc(RpcException rpc)
    {
        var (type, retry) = rpc.Code switch
        {
            RpcException.StatusCode.InvalidArgument => (HandlerErrorType.BadRequest, HandlerErrorRetryBehavior.Unspecified),
            RpcException.StatusCode.AlreadyExists or RpcException.StatusCode.FailedPrecondition or
                RpcException.StatusCode.OutOfRange => (HandlerErrorType.Internal, HandlerErrorRetryBehavior.NonRetryable),
            RpcException.StatusCode.Aborted or RpcException.StatusCode.Unavailable =>
                (HandlerErrorType.Unavailable, HandlerErrorRetryBehavior.Unspecified),
            RpcException.StatusCode.NotFound => (HandlerErrorType.NotFound, HandlerErrorRetryBehavior.Unspecified),
            RpcException.StatusCode.ResourceExhausted => (HandlerErrorType.ResourceExhausted, HandlerErrorRetryBehavior.Unspecified),
            RpcException.StatusCode.Unimplemented => (HandlerErrorType.NotImplemented, HandlerErrorRetryBehavior.Unspecified),
            RpcException.StatusCode.DeadlineExceeded => (HandlerErrorType.UpstreamTimeout, HandlerErrorRetryBehavior.Unspecified),
            _ => (HandlerErrorType.Internal, HandlerErrorRetryBehavior.Unspecified),
        };
        return new(type, $"Handler failed with a call to Temporal: {rpc.Code}", rpc, retry);
    }
}
