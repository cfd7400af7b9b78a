using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Ledger;

/// <summary>Step 2: places the pending transfer, all of it or nothing.</summary>
public sealed class LockFundsActivity(StepRunner steps, AccountDirectory accounts) : SettlementActivity(steps), ILockActivity
{
    /// <summary>How long a lock holds that no instruction has frozen; a pause before the transfer may use it up.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    [Activity("LockFunds")]
    public async Task<LockResult> LockAsync(StepInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var result = await StepAsync(input, StepName.Lock, PlaceAsync);
        return result.Value;
    }

    private async Task<LockResult> PlaceAsync(StepContext step)
    {
        if (step.Settlement.ReturnsSettlementId is not null)
        {
            step.Transition(SettlementStatus.FundsLocked, Actor.System, "a return brings money: nothing is to be locked");
            return new LockResult { Status = step.Settlement.Status };
        }

        var parties = await PaymentAccounts.FindAsync(accounts, step.Settlement, step.CancellationToken);
        step.Compensations.Register(CompensationAction.VoidLock);
        var held = await step.Ledger.HoldAsync(
            step.AsOf + Expiry,
            PaymentLegs.Holds(parties.Debtor.AccountId, parties.Nostro.AccountId, step.Amount, step.Fee));
        if (held.IsHeld)
        {
            step.Transition(SettlementStatus.FundsLocked, Actor.System, "funds locked");
            return new LockResult { Status = step.Settlement.Status };
        }

        var detail = Explain(held, parties);
        step.Compensations.NotNeeded(CompensationAction.VoidLock);
        // A later attempt leaves the settlement where operators can retry or cancel it.
        if (step.Settlement.Status != SettlementStatus.AwaitingRetry)
            step.Transition(SettlementStatus.Failed, Actor.System, detail, held.Refusal, detail);
        return new LockResult { Status = step.Settlement.Status, Failure = held.Refusal, Detail = detail };
    }

    private static string Explain(HoldOutcome held, PaymentAccounts parties)
    {
        var account = held.RefusedAccountId == parties.Nostro.AccountId ? "our account at the bank" : "the debtor account";
        return held.Refusal switch
        {
            SettlementFailure.InsufficientFunds => $"{account} does not cover the amount",
            SettlementFailure.AccountUnavailable => $"{account} is blocked or closed",
            _ => $"{account} refuses the lock ({held.Refusal})",
        };
    }
}
