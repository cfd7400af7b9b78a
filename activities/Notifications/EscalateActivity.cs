using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Notifications;

/// <summary>A deadline has passed: due, overdue, critical, or too long in one state.</summary>
public sealed class EscalateActivity(StepRunner steps, ReferenceDataCache reference, INotifier notifier) : SettlementActivity(steps), IEscalateActivity
{
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
}
