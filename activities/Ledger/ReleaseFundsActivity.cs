using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Ledger;

/// <summary>Compensation of the lock.</summary>
public sealed class ReleaseFundsActivity(StepRunner steps) : SettlementActivity(steps), IReleaseFundsActivity
{
    /// <inheritdoc/>
    [Activity("ReleaseFunds")]
    public Task ReleaseAsync(ReleaseInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StepAsync(input, StepName.VoidLock, async step =>
        {
            var released = await step.Ledger.VoidAsync(input.Reason);
            if (released > 0)
                step.Compensations.Succeeded(CompensationAction.VoidLock, Json.Of(new { Released = released }));
            else
                step.Compensations.NotNeeded(CompensationAction.VoidLock);
            step.Transition(input.Then, input.Actor ?? Actor.System, input.Reason, input.Failure, input.Failure is null ? null : input.Reason);
        });
    }
}
