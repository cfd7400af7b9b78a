using System.Diagnostics.CodeAnalysis;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
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
            (IReferenceDataActivities activity) => activity.SetSwitchAsync(action, asOf), options));
        if (!action.Stopped)
            await Operation.NotifyAsync(reply.Target, heldOnly: true);
        return reply;
    }

    private static string? ProblemOf(SwitchAction action) => SwitchName.IsKnown(action.Name) ? null : $"name must be one of {string.Join(", ", SwitchName.All)}, alone or with a scope";
}

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
            (IReferenceDataActivities activity) => activity.ExtendWindowAsync(action, asOf), options));
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
            (IReferenceDataActivities activity) => activity.PublishWindowAsync(action, asOf), options));
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
            (IReferenceDataActivities activity) => activity.PublishCalendarAsync(action, asOf), options));
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
