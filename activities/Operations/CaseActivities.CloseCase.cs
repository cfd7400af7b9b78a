using System.Collections.Frozen;
using Settlement.Activities.Operators;
using Settlement.Activities.Ledger;
using Settlement.Database;
using Settlement.Database.Api;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Operations;

/// <summary>
/// Closes a case with four eyes. What a running settlement itself decides on (an unknown outcome, a failing compensation) is not closed here but
/// there. An amount in suspense is cleared with its case: the bank has given it back, says the evidence.
/// </summary>
public sealed partial class CaseActivities
{
    private static readonly FrozenSet<AttentionReason> ClosedByHand = new[]
    {
        AttentionReason.LateConfirmation, AttentionReason.MessageMismatch, AttentionReason.Suspense, AttentionReason.CalendarExpired,
        AttentionReason.Unstartable, AttentionReason.ReconciliationBreak, AttentionReason.MissedDeadline,
    }.ToFrozenSet();

    /// <inheritdoc/>
    [Activity("CloseCase")]
    public async Task<OperationReply> CloseCaseAsync(CloseCaseAction action, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(action);
        var actor = await gate.AdmitAsync(OperationNames.CloseCase, action, asOf);
        return await cases.RunAsync(action.CaseId, "close", action, asOf, (step, one) => CloseAsync(step, one, action, actor));
    }

    private async Task<CaseAnswer> CloseAsync(StepContext step, AttentionCase one, CloseCaseAction action, Actor actor)
    {
        if (!step.Settlement.Status.IsTerminal() && !ClosedByHand.Contains(one.Reason))
            return CaseAnswer.Refused($"the settlement is in {UpperSnake.Of(step.Settlement.Status)} and closes the case itself when it goes on");
        var redeemed = await RedeemAsync(step, action);
        if (!redeemed.Redeemed)
        {
            var why = Tickets.Explain(redeemed.Refusal);
            step.Audit("case_close_refused", actor, action.Reason, afterJson: Json.Of(new { action.CaseId, Refusal = why }), requestId: action.RequestId);
            return CaseAnswer.Refused(why, Tickets.KindOf(redeemed.Refusal).ErrorType());
        }

        step.Cases.Resolve(one.Reason, $"{action.Reason}: {action.Evidence}", actor, redeemed.Approver);
        step.Audit("case_closed", actor, action.Reason, afterJson: Json.Of(new { action.CaseId, action.Evidence, redeemed.Approver }), requestId: action.RequestId);
        step.Publish("settlement.case_closed", Json.Of(new { step.Settlement.Reference, one.CaseId, Reason = UpperSnake.Lower(one.Reason), Actor = actor.Name, redeemed.Approver }));
        var cleared = one.AmountMinor is not null && await ClearSuspenseAsync(step, one);
        if (one.Reason == AttentionReason.Unstartable && step.Settlement.Status == SettlementStatus.Pending)
            step.Transition(SettlementStatus.Cancelled, actor, $"it could never start: {action.Evidence}", SettlementFailure.InvalidRequest, action.Evidence);
        await step.LowerFlagAsync(one.Reason, actor);
        return CaseAnswer.Done(cleared ? "The case is closed, and suspense is cleared." : "The case is closed.");
    }

    private static Task<TicketRedemption> RedeemAsync(StepContext step, CloseCaseAction action)
    {
        var claim = new TicketClaim(
            action.Ticket, step.Settlement.SettlementId, TicketAction.CloseCase, null, action.Operator, step.Settlement.CreatedBy, action.RequestId)
        {
            CaseId = action.CaseId,
        };
        return step.WithConnectionAsync((connection, cancel) => ApprovalTickets.RedeemAsync(connection, null, claim, cancel));
    }

    private async Task<bool> ClearSuspenseAsync(StepContext step, AttentionCase one)
    {
        var amount = new Money(one.AmountMinor!.Value, Currency.Of(one.Currency!));
        var parties = await PaymentAccounts.FindAsync(accounts, step.Settlement, step.CancellationToken);
        var suspense = await accounts.FindSuspenseAsync(amount.Currency, step.CancellationToken)
            ?? throw new SettlementException(SettlementFailure.UnknownAccount, $"There is no suspense account in {amount.Currency.Code}.");
        step.Ledger.PostUnlocked(
            TransferKind.Return,
            PaymentLegs.FromSuspense(parties.Nostro.AccountId, suspense.AccountId, amount),
            DateOnly.FromDateTime(step.AsOf.UtcDateTime),
            $"case closed, settlement {step.Settlement.Reference}");
        return true;
    }
}
