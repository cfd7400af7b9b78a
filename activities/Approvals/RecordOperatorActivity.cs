using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Database.Api;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Approvals;

/// <summary>
/// Writes an operator's action to audit and events before it takes effect. Approve, Reject and Resolve also redeem a one-time
/// ticket here, in the same transaction: what a command line's caller types is a statement, the ticket is the proof.
/// </summary>
public sealed class RecordOperatorActivity(StepRunner steps, ActionGate gate) : SettlementActivity(steps), IRecordOperatorActivity
{
    /// <inheritdoc/>
    [Activity("RecordOperatorAction")]
    public async Task<OperatorRecord> RecordAsync(OperatorActionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stated = await gate.AdmitAsync(input.Action, input.Asked(), input.AsOf, input.SettlementId);
        var result = await PerformAsync(
            input, StepNames.Of(StepName.Operator, input.Action.ToLowerInvariant(), input.RequestId), step => WriteAsync(step, input, stated));
        return result.Value;
    }

    private static async Task<OperatorRecord> WriteAsync(StepContext step, OperatorActionInput input, Actor stated)
    {
        var action = input.Action.ToLowerInvariant();
        var record = input.Ticket is null
            ? new OperatorRecord { Actor = stated }
            : await RedeemAsync(step, input, action, stated);
        step.Audit(
            record.Refusal is null ? $"operator_{action}" : $"operator_{action}_refused",
            record.Actor,
            input.Reason,
            afterJson: Json.Of(new { StatedOperator = input.Operator, record.Approver, input.Outcome, input.Evidence, record.Refusal }),
            requestId: input.RequestId);
        if (record.Refusal is null)
            step.Publish($"settlement.operator.{action}", Json.Of(new { step.Settlement.Reference, Actor = record.Actor.Name, record.Approver, input.Outcome }));
        return record;
    }

    private static async Task<OperatorRecord> RedeemAsync(StepContext step, OperatorActionInput input, string action, Actor stated)
    {
        var claim = new TicketClaim(
            input.Ticket!, input.SettlementId, action, input.Outcome, input.Operator, step.Settlement.CreatedBy, input.RequestId);
        var answer = await step.WithConnectionAsync((connection, cancel) => ApprovalTickets.RedeemAsync(connection, null, claim, cancel));
        if (!answer.Redeemed)
            return new OperatorRecord { Actor = stated, Refusal = Tickets.Explain(answer.Refusal), RefusalKind = Tickets.KindOf(answer.Refusal) };
        // An approval is the action of the ticket's owner, whoever sent it; a resolution is the operator's, agreed to by the owner.
        return action == TicketAction.Resolve
            ? new OperatorRecord { Actor = stated, Approver = answer.Approver }
            : new OperatorRecord { Actor = new Actor(answer.Approver!, stated.Source), Approver = answer.Approver };
    }
}
