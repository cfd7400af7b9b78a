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
            var isReturn = step.Settlement.ReturnsSettlementId is not null;
            step.Ledger.PostLocked(
                isReturn
                    ? PaymentLegs.Return(parties.Debtor.AccountId, parties.Nostro.AccountId, step.Amount)
                    : PaymentLegs.Payment(parties.Debtor.AccountId, parties.Nostro.AccountId, parties.Fee.AccountId, step.Amount, step.Fee),
                step.Settlement.ValueDate ?? DateOnly.FromDateTime(step.AsOf.UtcDateTime),
                $"{(isReturn ? "return" : "settlement")} {step.Settlement.Reference}");
            if (isReturn)
                step.Compensations.Succeeded(CompensationAction.Return, Json.Of(new { step.Settlement.ReturnsSettlementId }));
            step.Compensations.NotNeeded(CompensationAction.VoidLock);
            step.Compensations.NotNeeded(CompensationAction.Recall);
            step.Transition(SettlementStatus.Settled, Actor.System, "posted");
        });
    }
}
