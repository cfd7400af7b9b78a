using Settlement.Activities.Failures;
using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>Stops or releases a kill switch.</summary>
public sealed class SetSwitchActivity(ActionGate gate, SwitchBoard board) : ISetSwitchActivity
{
    /// <inheritdoc/>
    [Activity("SetSwitch")]
    public async Task<OperationReply> SetAsync(SwitchAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var recorded = await gate.AdmitActionAsync(OperationNames.SetSwitch, action, asOf);
        var message = await Refusals.GuardAsync(() =>
            board.SetAsync(action.Name, action.Stopped, recorded, Actions.Cancellation));
        return new OperationReply { Target = $"switch:{action.Name}", Message = message };
    }
}
