using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator gives an open settlement its workflow back, which somebody had terminated: it goes on from its last task.</summary>
[Workflow(OperationNames.ReviveSettlement)]
public sealed class ReviveSettlementWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public Task<OperationReply> RunAsync(ReviveAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        return Operation.RunAsync(OperationNames.ReviveSettlement, action, static one => Operation.SettlementProblem(one.SettlementId), options => Workflow.ExecuteActivityAsync(
            (IReviveSettlementActivity activity) => activity.ReviveAsync(action, asOf), options));
    }
}
