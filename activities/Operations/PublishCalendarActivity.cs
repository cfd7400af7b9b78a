using Settlement.Activities.Failures;
using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>Publishes the next version of a calendar.</summary>
public sealed class PublishCalendarActivity(ActGate gate, ReferenceActs reference) : IPublishCalendarActivity
{
    /// <inheritdoc/>
    [Activity("PublishCalendar")]
    public async Task<OperationReply> PublishAsync(PublishCalendarAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var act = await gate.AdmitActAsync(OperationNames.PublishCalendar, action, asOf);
        var message = await Refusals.GuardAsync(() => reference.PublishCalendarAsync(
            action.Code, action.Close, action.Open, action.ThroughYear, act, Acts.Cancellation));
        return new OperationReply { Target = $"calendar:{action.Code}", Message = message };
    }
}
