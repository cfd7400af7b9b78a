using System.Diagnostics.CodeAnalysis;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator gives a case an owner.</summary>
[Workflow(OperationNames.AssignCase)]
public sealed class AssignCaseWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public async Task<OperationReply> RunAsync(AssignCaseAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        var reply = await Operation.RunAsync(OperationNames.AssignCase, action, ProblemOf, options => Workflow.ExecuteActivityAsync(
            (ICaseActivities activity) => activity.AssignCaseAsync(action, asOf), options));
        return reply;
    }

    private static string? ProblemOf(AssignCaseAction action) => action switch
    {
        { CaseId: var id } when id == Guid.Empty => "case_id must be the id of a case",
        { Owner: var owner } when OperatorInput.Bad(owner, OperatorAction.MaxNameLength) => $"owner must have 1 to {OperatorAction.MaxNameLength} characters",
        _ => null,
    };
}

/// <summary>An operator closes a case, with evidence and a second person's ticket.</summary>
[Workflow(OperationNames.CloseCase)]
public sealed class CloseCaseWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public async Task<OperationReply> RunAsync(CloseCaseAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        var reply = await Operation.RunAsync(OperationNames.CloseCase, action, ProblemOf, options => Workflow.ExecuteActivityAsync(
            (ICaseActivities activity) => activity.CloseCaseAsync(action, asOf), options));
        await TellAsync(reply);
        return reply;
    }

    /// <summary>An open settlement takes its flag down; one that has ended is told nothing.</summary>
    private static async Task TellAsync(OperationReply reply)
    {
        var closed = new CaseClosed { Reason = UpperSnake.Parse<AttentionReason>(reply.CaseReason!) };
        try
        {
            await Workflow.GetExternalWorkflowHandle<ISettlementWorkflow>(SettlementReference.WorkflowId(reply.Reference!))
                .SignalAsync(workflow => workflow.CaseClosedAsync(closed));
        }
        catch (FailureException)
        {
            // The settlement has ended: it has no flag to take down.
        }
    }

    private static string? ProblemOf(CloseCaseAction action) => action.CaseId == Guid.Empty ? "case_id must be the id of a case" : null;
}
