using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
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
            (IAssignCaseActivity activity) => activity.AssignAsync(action, asOf), options));
        return reply;
    }

    private static string? ProblemOf(AssignCaseAction action) => action switch
    {
        { CaseId: var id } when id == Guid.Empty => "case_id must be the id of a case",
        { Owner: var owner } when OperatorInput.Bad(owner, OperatorAction.MaxNameLength) => $"owner must have 1 to {OperatorAction.MaxNameLength} characters",
        _ => null,
    };
}
