using Temporalio.Exceptions;

namespace Temporalio.Worker.Polling;

/// <summary>Sorts the failures of polls.</summary>
internal static class PollFailures
{
    /// <summary>
    /// Sorts a failure as the official core does: a poll may end by deadline or cancellation at any time, network and
    /// server trouble passes, a request that the server refuses is refused for ever.
    /// </summary>
    /// <param name="exception">What the poll threw.</param>
    /// <returns>What to do.</returns>
    internal static PollFailure Classify(Exception exception) => exception switch
    {
        RpcException e => Classify(e.Code),
        OperationCanceledException or TimeoutException => PollFailure.Empty,
        _ => PollFailure.Transient,
    };

    private static PollFailure Classify(RpcException.StatusCode code) => code switch
    {
        RpcException.StatusCode.Cancelled or RpcException.StatusCode.DeadlineExceeded => PollFailure.Empty,
        RpcException.StatusCode.InvalidArgument or
        RpcException.StatusCode.NotFound or
        RpcException.StatusCode.AlreadyExists or
        RpcException.StatusCode.PermissionDenied or
        RpcException.StatusCode.FailedPrecondition or
        RpcException.StatusCode.Unimplemented or
        RpcException.StatusCode.Unauthenticated => PollFailure.Fatal,
        _ => PollFailure.Transient,
    };
}
