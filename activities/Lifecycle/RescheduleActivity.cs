using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Activities;

namespace Settlement.Activities.Lifecycle;

/// <summary>The schedule with the calendars and windows of now. Audited when it changes anything; history is not touched.</summary>
public sealed class RescheduleActivity(StepRunner steps, ReferenceDataCache reference) : SettlementActivity(steps), IRescheduleActivity
{
    private static readonly StepName Action = StepName.Schedule.With("again");

    /// <inheritdoc/>
    [Activity("Reschedule")]
    public async Task<ScheduleChange> RescheduleAsync(RepeatableStepInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var data = await reference.GetAsync(Cancellation);
        var result = await PerformAsync(input, Action.With(input.Occurrence), step => Task.FromResult(Again(step, data)));
        return result.Value;
    }

    private static ScheduleChange Again(StepContext step, ReferenceData data)
    {
        var settlement = step.Settlement;
        if (settlement.Status.IsTerminal() || ScheduleRules.Again(settlement, data) is not { } again || !ScheduleRules.Differs(settlement, again))
            return new ScheduleChange { Changed = false };
        var (window, calendar) = ScheduleRules.Of(settlement, data);
        step.SetSchedule(again, Actor.System, $"calendar {calendar.Code} version {calendar.Version}, window version {window.Version}");
        return new ScheduleChange
        {
            Changed = true,
            ReleaseAt = window.NextOpen(step.AsOf, again.ValueDate, calendar),
            DueAt = again.DueAt,
            OverdueAt = again.WarningAt,
            CriticalAt = again.CriticalAt,
        };
    }
}
