using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Activities;

/// <summary>The newest run of a workflow id, as Temporal itself says and not its list, which may be behind.</summary>
/// <param name="RunId">Its run id.</param>
/// <param name="Type">Its workflow type.</param>
/// <param name="Status">Open or how it was closed.</param>
/// <param name="Started">When.</param>
internal sealed record WorkflowState(string RunId, string Type, WorkflowExecutionStatus Status, DateTimeOffset Started)
{
    public bool IsOpen => Status == WorkflowExecutionStatus.Running;

    /// <summary>Null: there is none, or its retention is over.</summary>
    public static async Task<WorkflowState?> FindAsync(ITemporalClient temporal, string workflowId, CancellationToken cancellationToken)
    {
        try
        {
            var options = new WorkflowDescribeOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } };
            var run = await temporal.GetWorkflowHandle(workflowId).DescribeAsync(options);
            return new WorkflowState(run.RunId, run.WorkflowType, run.Status, run.StartTime);
        }
        catch (RpcException missing) when (missing.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }
}
