using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator runs a scheduled job out of turn.</summary>
[Workflow(OperationNames.TriggerJob)]
public sealed class TriggerJobWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public Task<OperationReply> RunAsync(TriggerJobAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        return Operation.RunAsync(OperationNames.TriggerJob, action, static one => Operation.JobProblem(one.Job), options => Workflow.ExecuteActivityAsync(
            (ITriggerJobActivity activity) => activity.TriggerAsync(action, asOf), options));
    }
}
