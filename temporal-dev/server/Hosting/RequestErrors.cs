using Grpc.Core;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Temporalio.DevServer.Hosting;

/// <summary>What callers are told of failures that no handler expects. They never learn more than they need: causes go to the log.</summary>
internal sealed partial class RequestErrors(FatalErrors fatal, ILogger<RequestErrors> logger, CancellationToken stopping)
{
    /// <summary>The status for an exception.</summary>
    public RpcException Translate(Exception exception, ServerCallContext call)
    {
        switch (exception)
        {
            case StoreUnavailableException:
                LogUnavailable(call.Method, exception.Message);
                return Status(StatusCode.Unavailable, "The server's database does not answer. Try again.", exception);
            case StoreConflictException:
                LogConflict(exception, call.Method);
                return Status(StatusCode.Unavailable, "Something else changed the same execution. Try again.", exception);
            case StoreFencedException:
                fatal.End(exception);
                return Status(StatusCode.Unavailable, "This server is no longer in charge of its database and ends.", exception);
            case StoreRejectedException:
            case PostgresException { SqlState: ['2', '2', ..] }:
                LogRejected(exception, call.Method);
                return Status(StatusCode.InvalidArgument, "The request holds a value that cannot be stored.", exception);
            // The caller went away or has run out of time: the library says which.
            case OperationCanceledException or IOException when call.CancellationToken.IsCancellationRequested:
                return Status(StatusCode.Cancelled, "The call was cancelled.", exception);
            case OperationCanceledException or ObjectDisposedException when stopping.IsCancellationRequested:
                return Status(StatusCode.Unavailable, "The server is shutting down.", exception);
            default:
                // What broke is for the log: to a stranger it may tell too much.
                LogHandlerFailed(exception, call.Method);
                return Status(StatusCode.Unknown, "The handler failed", exception);
        }
    }

    private static RpcException Status(StatusCode code, string words, Exception cause) => new(new Status(code, words, cause));

    [LoggerMessage(EventId = 9401, Level = LogLevel.Warning, Message = "{Method}: {Reason}")]
    private partial void LogUnavailable(string method, string reason);

    [LoggerMessage(EventId = 9402, Level = LogLevel.Warning, Message = "{Method}: a write conflict that nobody resolved")]
    private partial void LogConflict(Exception exception, string method);

    [LoggerMessage(EventId = 9403, Level = LogLevel.Information, Message = "{Method}: refused by the store")]
    private partial void LogRejected(Exception exception, string method);

    [LoggerMessage(EventId = 9302, Level = LogLevel.Error, Message = "{Method}: the handler failed")]
    private partial void LogHandlerFailed(Exception exception, string method);
}

/// <summary>Failures after which the server must not go on, above all: another server has taken over its database.</summary>
internal sealed class FatalErrors
{
    private readonly TaskCompletionSource<Exception> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the task that ends with the first of them.</summary>
    public Task<Exception> Occurred => first.Task;

    /// <summary>Reports one.</summary>
    public void End(Exception exception) => first.TrySetResult(exception);

    /// <summary>Reports one if it is one.</summary>
    /// <returns>Whether it is.</returns>
    public bool EndIfFenced(Exception exception)
    {
        if (exception is not StoreFencedException)
            return false;
        End(exception);
        return true;
    }
}
