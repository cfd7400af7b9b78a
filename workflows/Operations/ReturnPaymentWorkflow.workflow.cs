using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator asks for a settled payment back: a new, linked settlement begins, which waits for a second person.</summary>
[Workflow(OperationNames.ReturnPayment)]
public sealed class ReturnPaymentWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public Task<OperationReply> RunAsync(ReturnAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        return Operation.RunAsync(OperationNames.ReturnPayment, action, static one => Operation.SettlementProblem(one.SettlementId), options => Workflow.ExecuteActivityAsync(
            (IReturnPaymentActivity activity) => activity.BeginAsync(action, asOf), options));
    }
}
