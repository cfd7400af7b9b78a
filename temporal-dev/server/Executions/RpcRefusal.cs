using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// What was asked for is refused; nothing has changed. Thrown through a handler it ends the call with this status, message and detail.
/// </summary>
internal sealed class RpcRefusal : RpcException
{
    /// <summary>Initializes a new instance of the <see cref="RpcRefusal"/> class.</summary>
    /// <param name="status">The status of the call.</param>
    /// <param name="message">For the caller.</param>
    /// <param name="detail">The one detail that clients look for (temporal.api.errordetails.v1), or null.</param>
    public RpcRefusal(StatusCode status, string message, IMessage? detail = null)
        : base(new Status(status, message), detail is null ? Metadata.Empty : Pack(status, message, detail), message) => Detail = detail;

    /// <summary>The detail, or null.</summary>
    public IMessage? Detail { get; }

    public static RpcRefusal InvalidArgument(string message) => new(StatusCode.InvalidArgument, message);

    public static RpcRefusal NotFound(string message) => new(StatusCode.NotFound, message, new NotFoundFailure());

    public static RpcRefusal FailedPrecondition(string message) => new(StatusCode.FailedPrecondition, message);

    public static RpcRefusal ResourceExhausted(string message, Api.Enums.V1.ResourceExhaustedCause cause) =>
        new(StatusCode.ResourceExhausted, message, new ResourceExhaustedFailure { Cause = cause, Scope = Api.Enums.V1.ResourceExhaustedScope.Namespace });

    /// <summary>The run is closed, or never was (the real server's words).</summary>
    public static RpcRefusal WorkflowCompleted() => NotFound("workflow execution already completed");

    /// <summary>The workflow task is gone or was answered.</summary>
    public static RpcRefusal WorkflowTaskNotFound() => NotFound("Workflow task not found.");

    /// <summary>The activity is gone or was answered.</summary>
    public static RpcRefusal ActivityNotFound() => NotFound("invalid activityID or activity already timed out or invoking workflow is completed");

    /// <summary>Details travel as <c>google.rpc.Status</c> in a trailer of this name.</summary>
    private static Metadata Pack(StatusCode status, string message, IMessage detail) => new()
    {
        { "grpc-status-details-bin", new GrpcStatus { Code = (int)status, Message = message, Details = { Any.Pack(detail) } }.ToByteArray() },
    };
}
