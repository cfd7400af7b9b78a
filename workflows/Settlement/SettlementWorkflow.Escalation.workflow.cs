using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Policies;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Settlement.Workflows.Settlement;

/// <summary>
/// Due, overdue, critical, stuck: what happens when a settlement is late, and what happens to these instants when calendars or windows change.
/// </summary>
public sealed partial class SettlementWorkflow
{
    private readonly HashSet<EscalationLevel> escalated = [];
    private DateTimeOffset? stuckReportedFor;
    private DateTimeOffset? escalationsHeldUntil;
    private bool rescheduleAsked;

    private (EscalationLevel Level, DateTimeOffset At)? NextEscalation()
    {
        (EscalationLevel Level, DateTimeOffset At)? next = null;
        Consider(EscalationLevel.Due, schedule?.DueAt);
        Consider(EscalationLevel.Overdue, schedule?.OverdueAt);
        Consider(EscalationLevel.Critical, schedule?.CriticalAt);
        if (status != SettlementStatus.Scheduled && stuckReportedFor != since)
            Consider(EscalationLevel.Stuck, since.AddHours(timings.StuckStatusHours));
        // While a kill switch holds escalations back, none is due before it is asked again.
        return next is { } due && due.At < escalationsHeldUntil ? (due.Level, escalationsHeldUntil.Value) : next;

        void Consider(EscalationLevel level, DateTimeOffset? at)
        {
            if (at is { } instant && !escalated.Contains(level) && (next is null || instant < next.Value.At))
                next = (level, instant);
        }
    }

    private async Task EscalateAsync(EscalationLevel level, DateTimeOffset at)
    {
        if (level == EscalationLevel.Stuck)
            stuckReportedFor = since;
        else
            escalated.Add(level);
        var input = new EscalationInput
        {
            SettlementId = request.SettlementId,
            Attempt = attempt,
            AsOf = Now,
            Occurrence = NextOccurrence(),
            Level = level,
            DeadlineAt = at,
            Status = status,
        };
        var raised = MarkEscalation(level);
        try
        {
            await Workflow.ExecuteActivityAsync(
                (IPeopleActivities activity) => activity.EscalateAsync(input),
                ActivityPolicies.BestEffort($"escalate {UpperSnake.Of(level)}"));
            Note($"escalate:{UpperSnake.Lower(level)}", "done");
        }
        catch (ActivityFailureException exception) when (IsHeldBack(exception))
        {
            PutOff(level, raised);
        }
        catch (ActivityFailureException exception)
        {
            // The flag stands in the search attributes; the settlement itself must not wait for a notification.
            Note($"escalate:{UpperSnake.Lower(level)}", Describe(exception));
        }
    }

    private static bool IsHeldBack(ActivityFailureException exception) =>
        exception.InnerException is ApplicationFailureException inner && inner.ErrorType == SettlementFailure.SwitchedOff.ErrorType();

    /// <summary>A kill switch holds escalations back: as if it had not been due yet.</summary>
    private void PutOff(EscalationLevel level, AttentionReason? raised)
    {
        if (level == EscalationLevel.Stuck)
            stuckReportedFor = null;
        else
            escalated.Remove(level);
        if (raised is { } reason)
            attention.RemoveAll(entry => entry.Reason == reason);
        escalationsHeldUntil = Now.AddSeconds(timings.MaxHoldIntervalSeconds);
        Note($"escalate:{UpperSnake.Lower(level)}", "held back by a kill switch");
    }

    /// <summary>
    /// Computes what is still ahead with the calendars and windows of now. What has been told stays told; a level whose instant moves into the
    /// future will be told again when it comes.
    /// </summary>
    private async Task RescheduleAsync()
    {
        rescheduleAsked = false;
        var old = schedule;
        if (old is null)
            return;
        var input = new RepeatableStepInput
        {
            SettlementId = request.SettlementId, Attempt = attempt, AsOf = Now, Occurrence = NextOccurrence(),
        };
        try
        {
            var change = await Workflow.ExecuteActivityAsync(
                (ILifecycleActivities activity) => activity.RescheduleAsync(input), ActivityPolicies.Step("compute the schedule again"));
            Note("reschedule", change.Changed ? $"due {change.DueAt:u}" : "unchanged");
            if (!change.Changed)
                return;
            schedule = old with
            {
                ReleaseAt = change.ReleaseAt, DueAt = change.DueAt, OverdueAt = change.OverdueAt, CriticalAt = change.CriticalAt,
            };
            await ForgetAsync(EscalationLevel.Due, change.DueAt);
            await ForgetAsync(EscalationLevel.Overdue, change.OverdueAt);
            await ForgetAsync(EscalationLevel.Critical, change.CriticalAt);
        }
        catch (ActivityFailureException exception)
        {
            // The old schedule holds, and a person looks at the data.
            Note("reschedule", Describe(exception));
            await RaiseAsync(AttentionReason.CalendarExpired, $"the schedule cannot be computed again: {Describe(exception)}");
        }
    }

    private async Task ForgetAsync(EscalationLevel level, DateTimeOffset? at)
    {
        if (!(at > Now) || !escalated.Remove(level))
            return;
        if (AttentionOf(level) is { } reason)
            await CalmAsync(reason);
    }
}
