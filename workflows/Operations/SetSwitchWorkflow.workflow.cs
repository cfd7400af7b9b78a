using System.Diagnostics.CodeAnalysis;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator stops or releases a kill switch. Those that it held are told at once.</summary>
[Workflow(OperationNames.SetSwitch)]
public sealed class SetSwitchWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public async Task<OperationReply> RunAsync(SwitchAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        var reply = await Operation.RunAsync(OperationNames.SetSwitch, action, ProblemOf, options => Workflow.ExecuteActivityAsync(
            (ISetSwitchActivity activity) => activity.SetAsync(action, asOf), options));
        if (!action.Stopped)
            await Operation.NotifyAsync(reply.Target, heldOnly: true);
        return reply;
    }

    private static string? ProblemOf(SwitchAction action) => SwitchName.IsKnown(action.Name) ? null : $"name must be one of {string.Join(", ", SwitchName.All)}, alone or with a scope";
}
