using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;
using OperationStatus = Temporalio.Api.ErrorDetails.V1.MultiOperationExecutionFailure.Types.OperationStatus;

namespace Temporalio.DevServer.Frontend;

/// <summary>Several operations that happen together or not at all. There is one such combination: a start and an update.</summary>
internal static class MultiOperationCheck
{
    /// <summary>The two operations, checked and completed.</summary>
    /// <exception cref="RpcRefusal">The request is something else, or one of the two is wrong.</exception>
    public static (StartWorkflowExecutionRequest Start, UpdateWorkflowExecutionRequest Update) StartAndUpdate(ExecuteMultiOperationRequest request)
    {
        if (request.Operations is not [{ StartWorkflow: { } start }, { UpdateWorkflow: { } update }])
            throw RpcRefusal.InvalidArgument("Operations have to be exactly [Start, Update].");
        if (start.Namespace != request.Namespace || update.Namespace != request.Namespace)
            throw RpcRefusal.InvalidArgument("Namespace is not consistent with the request.");
        Of(0, () =>
        {
            StartCheck.Complete(start, WorkflowIdConflictPolicy.Unspecified);
            if (start.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Unspecified)
                throw RpcRefusal.InvalidArgument("WorkflowIdConflictPolicy is not set on request.");
            if (start.CronSchedule.Length > 0)
                throw RpcRefusal.InvalidArgument("CronSchedule is not allowed.");
            if (start.RequestEagerExecution)
                throw RpcRefusal.InvalidArgument("RequestEagerExecution is not supported.");
            if (start.WorkflowStartDelay is { } delay && delay.ToTimeSpan() > TimeSpan.Zero)
                throw RpcRefusal.InvalidArgument("WorkflowStartDelay is not supported.");
            return true;
        });
        if (update.WorkflowExecution?.WorkflowId != start.WorkflowId)
            throw Failed(1, RpcRefusal.InvalidArgument("WorkflowId is not consistent with previous operation(s)"));
        return (start, update);
    }

    /// <summary>Runs a part of one operation; what it refuses is refused as this operation's failure.</summary>
    /// <param name="operation">0 for the start, 1 for the update.</param>
    /// <param name="part">The part.</param>
    public static T Of<T>(int operation, Func<T> part)
    {
        try
        {
            return part();
        }
        catch (RpcRefusal e)
        {
            throw Failed(operation, e);
        }
    }

    /// <summary>One operation has failed, so the other does not happen.</summary>
    public static RpcRefusal Failed(int operation, RpcRefusal reason)
    {
        var failed = new OperationStatus { Code = (int)reason.StatusCode, Message = reason.Message };
        if (reason.Detail is { } detail)
            failed.Details.Add(Any.Pack(detail));
        var aborted = new OperationStatus { Code = (int)StatusCode.Aborted, Message = "Operation was aborted.", Details = { Any.Pack(new MultiOperationExecutionAborted()) } };
        OperationStatus[] statuses = operation == 0 ? [failed, aborted] : [aborted, failed];
        return new RpcRefusal(reason.StatusCode, "Update-with-Start could not be executed.", new MultiOperationExecutionFailure { Statuses = { statuses } });
    }
}
