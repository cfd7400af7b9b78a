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
    public async Task<OperationReply> RunAsync(ReturnAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        var reply = await Operation.RunAsync(OperationNames.ReturnPayment, action, ProblemOf(action), options => Workflow.ExecuteActivityAsync(
            (IReturnPaymentActivity activity) => activity.BeginAsync(action, asOf), options));
        return reply;
    }

    private static string? ProblemOf(ReturnAction? action) => action?.SettlementId == Guid.Empty ? "settlement_id must be the id of a settlement" : null;
}
