using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
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
            (IRepairActivities activity) => activity.ReturnPaymentAsync(action, asOf), options));
    }
}

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
            (IRepairActivities activity) => activity.ReviveSettlementAsync(action, asOf), options));
    }
}

/// <summary>An operator ends an open workflow that has no open settlement.</summary>
[Workflow(OperationNames.EndOrphan)]
public sealed class EndOrphanWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public Task<OperationReply> RunAsync(EndOrphanAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        return Operation.RunAsync(OperationNames.EndOrphan, action, ProblemOf, options => Workflow.ExecuteActivityAsync(
            (IRepairActivities activity) => activity.EndOrphanAsync(action, asOf), options));
    }

    private static string? ProblemOf(EndOrphanAction action) => OperatorInput.Bad(action.WorkflowId, EndOrphanAction.MaxWorkflowIdLength)
        ? $"workflow_id must have 1 to {EndOrphanAction.MaxWorkflowIdLength} characters"
        : null;
}

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
            (IRepairActivities activity) => activity.RestoreSettlementAsync(action, asOf), options));
    }
}
