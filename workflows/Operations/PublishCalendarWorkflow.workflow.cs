using System.Diagnostics.CodeAnalysis;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Workflows;

namespace Settlement.Workflows.Operations;

/// <summary>An operator publishes the next version of a calendar. Open settlements are told, and compute their deadlines again.</summary>
[Workflow(OperationNames.PublishCalendar)]
public sealed class PublishCalendarWorkflow
{
    [WorkflowRun]
    [SuppressMessage("Performance", "CA1822", Justification = "Temporal runs a workflow on an instance.")]
    public async Task<OperationReply> RunAsync(PublishCalendarAction action)
    {
        var asOf = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero);
        var reply = await Operation.RunAsync(OperationNames.PublishCalendar, action, ProblemOf, options => Workflow.ExecuteActivityAsync(
            (IPublishCalendarActivity activity) => activity.PublishAsync(action, asOf), options));
        await Operation.NotifyAsync(reply.Target, heldOnly: false);
        return reply;
    }

    private static string? ProblemOf(PublishCalendarAction action) => action switch
    {
        { Code: var code } when OperatorInput.Bad(code, 32) => "code must have 1 to 32 characters",
        { Close: null } or { Open: null } => "close and open must be lists of days",
        { Close.Count: 0, Open.Count: 0, ThroughYear: null } => "one of close, open and through_year must say something",
        _ when action.Close.Count + action.Open.Count > PublishCalendarAction.MaxDays => $"at most {PublishCalendarAction.MaxDays} days at once",
        _ when action.Close.Intersect(action.Open).Any() => "a day cannot be closed and open",
        _ => null,
    };
}
