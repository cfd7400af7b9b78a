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
            (IJobControlActivities activity) => activity.TriggerJobAsync(action, asOf), options));
    }
}

/// <summary>An operator pauses a scheduled job, or lets it go on.</summary>
[Workflow(OperationNames.PauseJob)]
public sealed class PauseJobWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public Task<OperationReply> RunAsync(PauseJobAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        return Operation.RunAsync(OperationNames.PauseJob, action, static one => Operation.JobProblem(one.Job), options => Workflow.ExecuteActivityAsync(
            (IJobControlActivities activity) => activity.PauseJobAsync(action, asOf), options));
    }
}
