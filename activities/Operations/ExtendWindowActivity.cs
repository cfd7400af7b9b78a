using Settlement.Activities.Failures;
using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>Moves the cut-off of one day.</summary>
public sealed class ExtendWindowActivity(ActionGate gate, ReferenceDataActions reference) : IExtendWindowActivity
{
    /// <inheritdoc/>
    [Activity("ExtendWindow")]
    public async Task<OperationReply> ExtendAsync(ExtendWindowAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.ExtendWindow, action, asOf);
        var message = await Refusals.GuardAsync(() => reference.ExtendWindowAsync(
            action.Rail, Currency.Of(action.Currency), action.Date, action.CutOff, recorded, Actions.Cancellation));
        return new OperationReply { Target = $"window:{action.Rail}/{action.Currency}", Message = message };
    }
}
