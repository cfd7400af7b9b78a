using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Workflow.V1;

namespace Temporalio.DevServer.Visibility;

/// <summary>A row as listings return it (temporal.api.workflow.v1.WorkflowExecutionInfo). What the real server knows only of closed runs is left out of open ones.</summary>
internal static class VisibilityView
{
    public static WorkflowExecutionInfo Info(VisibilityRow row, SearchAttributeRegistry registry)
    {
        var info = new WorkflowExecutionInfo
        {
            Execution = new WorkflowExecution { WorkflowId = row.Run.WorkflowId, RunId = row.Run.RunId },
            Type = new WorkflowType { Name = row.WorkflowType },
            StartTime = row.StartTime.ToTimestamp(),
            ExecutionTime = row.ExecutionTime.ToTimestamp(),
            Status = row.Status,
            TaskQueue = row.TaskQueue,
            Memo = Memo.Parser.ParseFrom(row.Memo),
            SearchAttributes = SearchAttributePayloads.FromValues(row.SearchAttributes, registry),
            RootExecution = new WorkflowExecution { WorkflowId = row.RootWorkflowId ?? row.Run.WorkflowId, RunId = row.RootRunId ?? row.Run.RunId },
        };
        if (row.ParentWorkflowId is not null)
            info.ParentExecution = new WorkflowExecution { WorkflowId = row.ParentWorkflowId, RunId = row.ParentRunId ?? "" };
        if (row.CloseTime is not { } closed)
            return info;
        info.CloseTime = closed.ToTimestamp();
        info.ExecutionDuration = Duration.FromTimeSpan(closed - row.ExecutionTime);
        info.HistoryLength = row.HistoryLength;
        info.HistorySizeBytes = row.HistorySizeBytes;
        info.StateTransitionCount = row.StateTransitionCount;
        return info;
    }
}
