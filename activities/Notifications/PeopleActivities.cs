using Settlement.Activities.Operators;
using Settlement.Database;
using Settlement.Database.Api;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Notifications;

/// <inheritdoc cref="IPeopleActivities"/>
public sealed partial class PeopleActivities(
    StepRunner steps, INotifier notifier, ReferenceDataCache reference, ActionGate gate)
    : SettlementActivity(steps), IPeopleActivities
{
    private static readonly StepName Action = new("attention");

    /// <inheritdoc/>
    [Activity("SetAttention")]
    public async Task SetAttentionAsync(AttentionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var result = await PerformAsync(input, Action.With(input.Occurrence), step =>
        {
            if (input.Raised)
                Raise(step, input);
            else
                Clear(step, input);
            return Task.FromResult(new Told(step.Settlement.Reference, step.Settlement.Status));
        });
        if (input is { Raised: true, Reason: { } reason })
        {
            await notifier.NotifyAsync(new Notification(
                $"{input.SettlementId:D}/attention/{input.Occurrence}", result.Value.Reference, "warning",
                $"needs attention: {UpperSnake.Of(reason)}", result.Value.Status, input.AsOf), Cancellation);
        }
    }

    private static void Raise(StepContext step, AttentionInput input)
    {
        var reason = input.Reason ?? throw new SettlementException(SettlementFailure.InvalidRequest, "Attention is raised for a reason.");
        var detail = input.Detail ?? UpperSnake.Of(reason);
        step.RaiseAttention(reason, Actor.System, detail);
        // A failing recall writes its own failures down; a failing release cannot, so it is done here.
        if (input.Compensation == UpperSnake.Of(CompensationAction.VoidLock))
            step.Compensations.Failed(CompensationAction.VoidLock, detail);
        step.Cases.Open(reason, Json.Of(new { Detail = detail, Status = UpperSnake.Lower(step.Settlement.Status), input.Attempt }));
    }

    private static void Clear(StepContext step, AttentionInput input)
    {
        var actor = input.Actor ?? Actor.System;
        var detail = input.Detail ?? "no longer needed";
        if (input.Reason is { } reason)
            step.Cases.Resolve(reason, detail, actor);
        if (input.Remaining is { } remaining)
            step.RaiseAttention(remaining, actor, detail);
        else
            step.ClearAttention(actor, detail);
    }

    private sealed record Told(string Reference, SettlementStatus Status);

    /// <inheritdoc/>
    [Activity("Escalate")]
    public async Task EscalateAsync(EscalationInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var data = await reference.GetAsync(Cancellation);
        var name = UpperSnake.Lower(input.Level);
        var result = await PerformAsync(input, StepName.Escalate.With(name, input.Occurrence), step =>
        {
            if (data.StoppedBecause(SwitchName.Escalation, step.Settlement) is { } stopped)
                throw new SettlementException(SettlementFailure.SwitchedOff, $"Escalations are stopped: {stopped}");
            var facts = Json.Of(new { Level = name, input.DeadlineAt, Status = UpperSnake.Lower(input.Status), step.Settlement.Reference });
            step.Publish($"settlement.{name}", facts);
            if (AttentionOf(input.Level) is { } reason)
            {
                step.RaiseAttention(reason, Actor.System, $"{name} since {input.DeadlineAt:u}");
                step.Cases.Open(reason, facts);
            }

            return Task.FromResult(step.Settlement.Reference);
        });
        await notifier.NotifyAsync(new Notification(
            $"{input.SettlementId:D}/{name}/{input.Occurrence}", result.Value, SeverityOf(input.Level),
            $"{name} since {input.DeadlineAt:u}", input.Status, input.AsOf), Cancellation);
    }

    private static AttentionReason? AttentionOf(EscalationLevel level) => level switch
    {
        EscalationLevel.Overdue => AttentionReason.Overdue,
        EscalationLevel.Critical => AttentionReason.OverdueCritical,
        EscalationLevel.Stuck => AttentionReason.StuckInStatus,
        _ => null,
    };

    private static string SeverityOf(EscalationLevel level) => level switch
    {
        EscalationLevel.Due => "info",
        EscalationLevel.Critical => "critical",
        _ => "warning",
    };

    /// <inheritdoc/>
    [Activity("RecordOperatorAction")]
    public async Task<OperatorRecord> RecordOperatorActionAsync(OperatorActionInput input)
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
