using Settlement.Activities.Failures;
using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>Publishes the next version of a calendar.</summary>
public sealed class PublishCalendarActivity(ActionGate gate, ReferenceDataActions reference) : IPublishCalendarActivity
{
    /// <inheritdoc/>
    [Activity("PublishCalendar")]
    public async Task<OperationReply> PublishAsync(PublishCalendarAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.PublishCalendar, action, asOf);
        var message = await Refusals.GuardAsync(() => reference.PublishCalendarAsync(
            action.Code, action.Close, action.Open, action.ThroughYear, recorded, Actions.Cancellation));
        return new OperationReply { Target = $"calendar:{action.Code}", Message = message };
    }
}
