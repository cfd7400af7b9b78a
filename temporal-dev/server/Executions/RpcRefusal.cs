using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using GrpcWire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// What was asked for is refused; nothing has changed. Thrown through a handler it ends the call with this status, message and detail.
/// </summary>
internal sealed class RpcRefusal : GrpcException
{
    /// <summary>Initializes a new instance of the <see cref="RpcRefusal"/> class.</summary>
    /// <param name="status">The status of the call.</param>
    /// <param name="message">For the caller.</param>
    /// <param name="detail">The one detail that clients look for (temporal.api.errordetails.v1), or null.</param>
    public RpcRefusal(GrpcStatusCode status, string message, IMessage? detail = null)
        : base(status, message, detail is null ? null : Pack(status, message, detail)) => Detail = detail;

    /// <summary>The detail, or null.</summary>
    public IMessage? Detail { get; }

    public static RpcRefusal InvalidArgument(string message) => new(GrpcStatusCode.InvalidArgument, message);

    public static RpcRefusal NotFound(string message) => new(GrpcStatusCode.NotFound, message, new NotFoundFailure());

    public static RpcRefusal FailedPrecondition(string message) => new(GrpcStatusCode.FailedPrecondition, message);

    public static RpcRefusal ResourceExhausted(string message, Api.Enums.V1.ResourceExhaustedCause cause) =>
        new(GrpcStatusCode.ResourceExhausted, message, new ResourceExhaustedFailure { Cause = cause, Scope = Api.Enums.V1.ResourceExhaustedScope.Namespace });

    /// <summary>The run is closed, or never was (the real server's words).</summary>
    public static RpcRefusal WorkflowCompleted() => NotFound("workflow execution already completed");

    /// <summary>The workflow task is gone or was answered.</summary>
    public static RpcRefusal WorkflowTaskNotFound() => NotFound("Workflow task not found.");

    /// <summary>The activity is gone or was answered.</summary>
    public static RpcRefusal ActivityNotFound() => NotFound("invalid activityID or activity already timed out or invoking workflow is completed");

    private static byte[] Pack(GrpcStatusCode status, string message, IMessage detail) =>
        new GrpcStatus { Code = (int)status, Message = message, Details = { Any.Pack(detail) } }.ToByteArray();
}
