using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

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
            (IEndOrphanActivity activity) => activity.EndAsync(action, asOf), options));
    }

    private static string? ProblemOf(EndOrphanAction action) => OperatorInput.Bad(action.WorkflowId, EndOrphanAction.MaxWorkflowIdLength)
        ? $"workflow_id must have 1 to {EndOrphanAction.MaxWorkflowIdLength} characters"
        : null;
}
