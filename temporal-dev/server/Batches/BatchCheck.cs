using Temporalio.DevServer.Frontend;
using Temporalio.DevServer.Visibility;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace Temporalio.DevServer.Batches;

/// <summary>What can be wrong with a batch job, in the real server's words, and what its parts are called.</summary>
internal static class BatchCheck
{
    /// <summary>Executions that a request may name (the real server's default).</summary>
    private const int MaxNamed = 1000;

    private const string Open = "(ExecutionStatus = 'Running')";

    /// <exception cref="RpcRefusal">It cannot be done.</exception>
    public static void Request(StartBatchOperationRequest request, NamespaceFacts space)
    {
        if (request.JobId.Length == 0)
            throw RpcRefusal.InvalidArgument("JobId is not set on request.");
        RequestCheck.Length(request.JobId, "JobId");
        var named = Named(request).Count;
        if (request.OperationCase == Operation.None || request.Reason.Length == 0 || (request.VisibilityQuery.Length == 0 && named == 0))
            throw RpcRefusal.InvalidArgument("must provide required parameters: BatchType,Reason,Namespace, AND one of (Query OR Executions OR TargetExecutions)");
        if (request.VisibilityQuery.Length > 0 && named > 0)
            throw RpcRefusal.InvalidArgument("visibility query, executions, and target executions are mutually exclusive");
        if (named > MaxNamed)
            throw RpcRefusal.InvalidArgument($"batch operation executions count exceeded: {named} > {MaxNamed}");
        if (float.IsNaN(request.MaxOperationsPerSecond) || request.MaxOperationsPerSecond < 0)
            throw RpcRefusal.InvalidArgument("MaxOperationsPerSecond cannot be negative");
        Details(request);
        Query(request, space);
    }

    /// <summary>The filter of a job: operations that need an open run look for those only.</summary>
    /// <exception cref="RpcRefusal">The query is wrong.</exception>
    public static Filter Query(StartBatchOperationRequest request, NamespaceFacts space)
    {
        if (request.VisibilityQuery.Length == 0)
            return new Filter.All();
        try
        {
            var asked = QueryParser.Parse(request.VisibilityQuery, space.SearchAttributes.Resolve);
            if (asked.GroupBy is not null)
                throw RpcRefusal.InvalidArgument("invalid visibility query: operation is not supported: 'GROUP BY' clause");
            return request.OperationCase is Operation.DeletionOperation or Operation.ResetOperation
                ? asked.Filter
                : new Filter.And(asked.Filter, QueryParser.Parse(Open, space.SearchAttributes.Resolve).Filter);
        }
        catch (InvalidQueryException e)
        {
            throw RpcRefusal.InvalidArgument(e.Message.Replace("invalid query: ", "invalid visibility query: ", StringComparison.Ordinal));
        }
    }

    /// <summary>The executions that a request names, in either of the two ways.</summary>
    public static IReadOnlyList<Api.Common.V1.WorkflowExecution> Named(StartBatchOperationRequest request)
    {
#pragma warning disable CS0612 // The old field is still what most clients send.
        var old = request.Executions;
#pragma warning restore CS0612
        return [.. old, .. request.TargetExecutions.Select(e => new Api.Common.V1.WorkflowExecution { WorkflowId = e.BusinessId, RunId = e.RunId })];
    }

    /// <summary>What a description calls the operation.</summary>
    public static BatchOperationType TypeOf(StartBatchOperationRequest request) => request.OperationCase switch
    {
        Operation.TerminationOperation => BatchOperationType.TerminateWorkflow,
        Operation.CancellationOperation => BatchOperationType.CancelWorkflow,
        Operation.SignalOperation => BatchOperationType.SignalWorkflow,
        Operation.DeletionOperation => BatchOperationType.DeleteWorkflow,
        Operation.ResetOperation => BatchOperationType.ResetWorkflow,
        Operation.UpdateWorkflowOptionsOperation => BatchOperationType.UpdateWorkflowExecutionOptions,
        Operation.UnpauseActivitiesOperation => BatchOperationType.UnpauseActivity,
        Operation.ResetActivitiesOperation => BatchOperationType.ResetActivity,
        Operation.UpdateActivityOptionsOperation => BatchOperationType.UpdateActivityOptions,
        _ => BatchOperationType.Unspecified,
    };

    /// <summary>As whom the operation is done.</summary>
    public static string IdentityOf(StartBatchOperationRequest request) => request.OperationCase switch
    {
        Operation.TerminationOperation => request.TerminationOperation.Identity,
        Operation.CancellationOperation => request.CancellationOperation.Identity,
        Operation.SignalOperation => request.SignalOperation.Identity,
        Operation.DeletionOperation => request.DeletionOperation.Identity,
        Operation.ResetOperation => request.ResetOperation.Identity,
        Operation.UpdateWorkflowOptionsOperation => request.UpdateWorkflowOptionsOperation.Identity,
        Operation.UnpauseActivitiesOperation => request.UnpauseActivitiesOperation.Identity,
        Operation.ResetActivitiesOperation => request.ResetActivitiesOperation.Identity,
        Operation.UpdateActivityOptionsOperation => request.UpdateActivityOptionsOperation.Identity,
        _ => "",
    };

    private static void Details(StartBatchOperationRequest request)
    {
        switch (request.OperationCase)
        {
            case Operation.SignalOperation when request.SignalOperation.Signal.Length == 0:
                throw RpcRefusal.InvalidArgument("must provide signal name");
            case Operation.SignalOperation:
                RequestCheck.Length(request.SignalOperation.Signal, "SignalName");
                return;
            case Operation.ResetOperation:
                BatchReset.Check(request.ResetOperation);
                return;
            case Operation.UpdateWorkflowOptionsOperation when request.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions is null || request.UpdateWorkflowOptionsOperation.UpdateMask is null:
                throw RpcRefusal.InvalidArgument("WorkflowExecutionOptions and UpdateMask must be set on request.");
            case Operation.CancelActivitiesOperation or Operation.TerminateActivitiesOperation or Operation.DeleteActivitiesOperation:
                throw RpcRefusal.InvalidArgument($"The operation {request.OperationCase} is about standalone activities, which this server does not have.");
            default:
                return;
        }
    }
}
