using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Ledger;

/// <inheritdoc cref="ILedgerActivities"/>
public sealed partial class LedgerActivities(
    StepRunner steps, AccountDirectory accounts)
    : SettlementActivity(steps), ILedgerActivities
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
