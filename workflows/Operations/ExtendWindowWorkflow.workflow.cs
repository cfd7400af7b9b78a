using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator moves the cut-off of one day. Open settlements are told, and compute their deadlines again.</summary>
[Workflow(OperationNames.ExtendWindow)]
public sealed class ExtendWindowWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public async Task<OperationReply> RunAsync(ExtendWindowAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        var reply = await Operation.RunAsync(OperationNames.ExtendWindow, action, ProblemOf, options => Workflow.ExecuteActivityAsync(
            (IExtendWindowActivity activity) => activity.ExtendAsync(action, asOf), options));
        await Operation.NotifyAsync(reply.Target, heldOnly: false);
        return reply;
    }

    private static string? ProblemOf(ExtendWindowAction action) => action switch
    {
        { Rail: var rail } when OperatorInput.Bad(rail, 32) => "rail must have 1 to 32 characters",
        { Currency: var currency } when !Operation.IsCurrency(currency) => "currency must be a code of ISO 4217",
        { Date: var date } when date == default => "date must be a day",
        { CutOff: var cutOff } when cutOff == default => "cut_off must be a time of day",
        _ => null,
    };
}
