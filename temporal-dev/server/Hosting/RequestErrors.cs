using GrpcWire;
using GrpcWire.Server;
using Microsoft.Extensions.Logging;
using Npgsql;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Hosting;

/// <summary>What callers are told of failures that no handler expects. They never learn more than they need: causes go to the log.</summary>
internal sealed partial class RequestErrors(FatalErrors fatal, CancellationToken stopping, ILogger<RequestErrors> logger)
{
    /// <summary>The status for an exception, or null where the wire knows better (the caller went away, the deadline passed).</summary>
    public GrpcException? Translate(Exception exception, GrpcServerCall call)
    {
        switch (exception)
        {
            case StoreUnavailableException:
                LogUnavailable(call.Method, exception.Message);
                return new GrpcException(GrpcStatusCode.Unavailable, "The server's database does not answer. Try again.", innerException: exception);
            case StoreConflictException:
                LogConflict(exception, call.Method);
                return new GrpcException(GrpcStatusCode.Unavailable, "Something else changed the same execution. Try again.", innerException: exception);
            case StoreFencedException:
                fatal.End(exception);
                return new GrpcException(GrpcStatusCode.Unavailable, "This server is no longer in charge of its database and ends.", innerException: exception);
            case StoreRejectedException:
            case PostgresException { SqlState: ['2', '2', ..] }:
                LogRejected(exception, call.Method);
                return new GrpcException(GrpcStatusCode.InvalidArgument, "The request holds a value that cannot be stored.", innerException: exception);
            case OperationCanceledException:
                return stopping.IsCancellationRequested && !call.CancellationToken.IsCancellationRequested
                    ? new GrpcException(GrpcStatusCode.Unavailable, "The server is shutting down.", innerException: exception)
                    : null;
            case ObjectDisposedException when stopping.IsCancellationRequested:
                return new GrpcException(GrpcStatusCode.Unavailable, "The server is shutting down.", innerException: exception);
            default:
                // The wire logs it and answers UNKNOWN without its text.
                return null;
        }
    }

    [LoggerMessage(EventId = 9401, Level = LogLevel.Warning, Message = "{Method}: {Reason}")]
    private partial void LogUnavailable(string method, string reason);

    [LoggerMessage(EventId = 9402, Level = LogLevel.Warning, Message = "{Method}: a write conflict that nobody resolved")]
    private partial void LogConflict(Exception exception, string method);

    [LoggerMessage(EventId = 9403, Level = LogLevel.Information, Message = "{Method}: refused by the store")]
    private partial void LogRejected(Exception exception, string method);
}
