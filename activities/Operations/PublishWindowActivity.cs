using Settlement.Activities.Failures;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>Publishes the next version of a window.</summary>
public sealed class PublishWindowActivity(ReferenceActs reference) : IPublishWindowActivity
{
    /// <inheritdoc/>
    [Activity("PublishWindow")]
    public async Task<OperationReply> PublishAsync(PublishWindowAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var window = new SettlementWindow(action.Rail, Currency.Of(action.Currency), action.Calendar, action.Zone, action.Opens, action.CutOff);
        var message = await Refusals.GuardAsync(() => reference.PublishWindowAsync(window, Acts.Of(OperationNames.PublishWindow, action, asOf), Acts.Cancellation));
        return new OperationReply { Target = $"window:{action.Rail}/{action.Currency}", Message = message };
    }
}
