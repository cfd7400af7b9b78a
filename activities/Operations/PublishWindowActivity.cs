using Settlement.Activities.Failures;
using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>Publishes the next version of a window.</summary>
public sealed class PublishWindowActivity(ActionGate gate, ReferenceDataActions reference) : IPublishWindowActivity
{
    /// <inheritdoc/>
    [Activity("PublishWindow")]
    public async Task<OperationReply> PublishAsync(PublishWindowAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.PublishWindow, action, asOf);
        var window = new SettlementWindow(action.Rail, Currency.Of(action.Currency), action.Calendar, action.Zone, action.Opens, action.CutOff);
        var message = await Refusals.GuardAsync(() => reference.PublishWindowAsync(window, recorded, Actions.Cancellation));
        return new OperationReply { Target = $"window:{action.Rail}/{action.Currency}", Message = message };
    }
}
