using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;
using Target = Temporalio.Api.Common.V1.ResetOptions.TargetOneofCase;

namespace Temporalio.DevServer.Batches;

/// <summary>Where a batch of resets resets each run to.</summary>
internal static class BatchReset
{
    /// <exception cref="RpcRefusal">The operation does not say where to.</exception>
    public static void Check(BatchOperationReset operation)
    {
        var options = Options(operation);
        if (options.TargetCase is Target.FirstWorkflowTask or Target.LastWorkflowTask or Target.WorkflowTaskId)
            return;
        throw options.TargetCase == Target.BuildId
            ? RpcRefusal.InvalidArgument("Reset to a build id is not supported by this server.")
            : RpcRefusal.InvalidArgument("unknown batch reset type Unspecified");
    }

    /// <summary>The request that resets one run.</summary>
    /// <param name="operation">What the job asks for.</param>
    /// <param name="run">The run.</param>
    /// <param name="events">Its history.</param>
    /// <param name="reason">The job's.</param>
    /// <param name="requestId">The same each time the job comes to this run.</param>
    /// <exception cref="RpcRefusal">The run has no workflow task to reset to.</exception>
    public static ResetWorkflowExecutionRequest Request(BatchOperationReset operation, WorkflowExecution run, IEnumerable<HistoryEvent> events, string reason, string requestId)
    {
        var options = Options(operation);
        var request = new ResetWorkflowExecutionRequest
        {
            WorkflowExecution = run,
            Reason = reason,
            RequestId = requestId,
            Identity = operation.Identity,
            WorkflowTaskFinishEventId = options.TargetCase == Target.WorkflowTaskId ? options.WorkflowTaskId : Find(events, first: options.TargetCase == Target.FirstWorkflowTask),
            ResetReapplyType = options.ResetReapplyType,
        };
        request.ResetReapplyExcludeTypes.AddRange(options.ResetReapplyExcludeTypes);
        request.PostResetOperations.AddRange(operation.PostResetOperations);
        return request;
    }

    /// <summary>The first or last workflow task that was completed; where none was, behind the first that was scheduled.</summary>
    private static long Find(IEnumerable<HistoryEvent> events, bool first)
    {
        long? completed = null;
        long? scheduled = null;
        foreach (var e in events)
        {
            if (e.EventType == EventType.WorkflowTaskCompleted && (completed is null || !first))
                completed = e.EventId;
            else if (e.EventType == EventType.WorkflowTaskScheduled)
                scheduled ??= e.EventId;
        }

        return completed ?? scheduled + 1 ?? throw RpcRefusal.InvalidArgument("The workflow has no workflow task to reset to.");
    }

    private static ResetOptions Options(BatchOperationReset operation)
    {
        if (operation.Options is { } options)
            return options;
#pragma warning disable CS0612 // What older clients send.
        var old = new ResetOptions { ResetReapplyType = operation.ResetReapplyType };
        if (operation.ResetType == ResetType.FirstWorkflowTask)
            old.FirstWorkflowTask = new Google.Protobuf.WellKnownTypes.Empty();
        else if (operation.ResetType == ResetType.LastWorkflowTask)
            old.LastWorkflowTask = new Google.Protobuf.WellKnownTypes.Empty();
#pragma warning restore CS0612
        return old;
    }
}
