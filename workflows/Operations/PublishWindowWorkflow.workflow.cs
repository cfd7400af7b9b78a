using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator publishes the next version of a window. Open settlements are told, and compute their deadlines again.</summary>
[Workflow(OperationNames.PublishWindow)]
public sealed class PublishWindowWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public async Task<OperationReply> RunAsync(PublishWindowAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        var reply = await Operation.RunAsync(OperationNames.PublishWindow, action, ProblemOf, options => Workflow.ExecuteActivityAsync(
            (IPublishWindowActivity activity) => activity.PublishAsync(action, asOf), options));
        await Operation.NotifyAsync(reply.Target, heldOnly: false);
        return reply;
    }

    private static string? ProblemOf(PublishWindowAction action) => action switch
    {
        { Rail: var rail } when OperatorInput.Bad(rail, 32) => "rail must have 1 to 32 characters",
        { Currency: var currency } when !Operation.IsCurrency(currency) => "currency must be a code of ISO 4217",
        { Calendar: var calendar } when OperatorInput.Bad(calendar, 32) => "calendar must have 1 to 32 characters",
        { Zone: var zone } when OperatorInput.Bad(zone, 64) => "zone must be an IANA zone",
        _ => null,
    };
}
