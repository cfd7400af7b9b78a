using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator brings the records of an archived settlement back.</summary>
[Workflow(OperationNames.RestoreSettlement)]
public sealed class RestoreSettlementWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public Task<OperationReply> RunAsync(RestoreAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        return Operation.RunAsync(OperationNames.RestoreSettlement, action, static one => Operation.SettlementProblem(one.SettlementId), options => Workflow.ExecuteActivityAsync(
            (IRestoreSettlementActivity activity) => activity.RestoreAsync(action, asOf), options));
    }
}
