using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Ledger;

/// <summary>Step 5: the pending transfer becomes a posting, exactly once.</summary>
public sealed class FinalizeActivity(StepRunner steps, AccountDirectory accounts) : SettlementActivity(steps), IFinalizeActivity
{
    /// <inheritdoc/>
    [Activity("Finalize")]
    public Task FinalizeAsync(StepInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StepAsync(input, StepName.Finalize, async step =>
        {
            var parties = await PaymentAccounts.FindAsync(accounts, step.Settlement, step.CancellationToken);
            step.Ledger.PostLocked(
                PaymentLegs.Payment(parties.Debtor.AccountId, parties.Nostro.AccountId, parties.Fee.AccountId, step.Amount, step.Fee),
                step.Settlement.ValueDate ?? DateOnly.FromDateTime(step.AsOf.UtcDateTime),
                $"settlement {step.Settlement.Reference}");
            step.Compensations.NotNeeded(CompensationAction.VoidLock);
            step.Compensations.NotNeeded(CompensationAction.Recall);
            step.Transition(SettlementStatus.Settled, Actor.System, "posted");
        });
    }
}
