using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using Temporalio.Exceptions;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

/// <summary>Calendars and windows change under an open settlement: what is ahead moves, what was told stays told.</summary>
[Collection(SkippedTimeCollection.Name)]
public sealed class RescheduleTests : SkippedTimeTest
{
    private static readonly ReferenceChange Change = new() { Change = "window T2/EUR" };

    [Fact]
    public Task ReferenceChanged_CutOffExtendedWhileItWaitsForTomorrow_GoesToday()
    {
        var activities = new FakeActivities
        {
            OnValidate = input => new ValidationResult { Status = Scheduled, ReleaseAt = input.AsOf.AddDays(1), DueAt = input.AsOf.AddDays(2) },
            OnReschedule = input => new ScheduleChange { Changed = true, ReleaseAt = input.AsOf, DueAt = input.AsOf.AddHours(2) },
        };
        return RunAsync(activities, async settlement =>
        {
            var before = await settlement.UntilWaitingAsync(Scheduled);

            await settlement.Handle.SignalAsync(workflow => workflow.ReferenceChangedAsync(Change));

            var result = await settlement.ResultAsync();
            result.Status.ShouldBe(Settled);
            activities.Transfers.ShouldHaveSingleItem().AsOf.ShouldBeLessThan(before.Since.AddHours(12));
        });
    }

    [Fact]
    public Task ReferenceChanged_DueDateMovesOn_IsToldAgainAtItsNewInstant()
    {
        var due = DateTimeOffset.MinValue;
        var activities = new FakeActivities
        {
            OnValidate = input => new ValidationResult { Status = Pending, DueAt = input.AsOf.AddHours(1), OverdueAt = input.AsOf.AddHours(2), CriticalAt = input.AsOf.AddDays(9) },
            OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Unknown },
            OnReschedule = input => new ScheduleChange
            {
                Changed = true, ReleaseAt = null, DueAt = due, OverdueAt = due.AddHours(1), CriticalAt = due.AddDays(9),
            },
        };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(OutcomeUnknown);
            await settlement.SkipAsync(TimeSpan.FromHours(3));
            var late = await settlement.UntilAsync(one => one.AttentionReason == "overdue");
            activities.Escalations.Select(one => one.Level).ShouldBe([EscalationLevel.Due, EscalationLevel.Overdue]);
            due = late.Since.AddHours(24);

            await settlement.Handle.SignalAsync(workflow => workflow.ReferenceChangedAsync(Change));

            var view = await settlement.UntilAsync(one => one.DueAt == due && one.WaitingFor is not null);
            view.AttentionReason.ShouldNotBe("overdue");
            activities.Escalations.Count.ShouldBe(2, "what was told is not told again before its new instant");
            await settlement.SkipAsync(TimeSpan.FromHours(25));
            await settlement.UntilAsync(() => activities.Escalations.Count == 4);
            activities.Escalations.Skip(2).Select(one => one.DeadlineAt).ShouldBe([due, due.AddHours(1)]);

            await settlement.ResolveAsync(Requests.Resolution(ResolveAction.Confirmed));
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
        });
    }

    [Fact]
    public Task ReferenceChanged_DataDoNotReachFarEnough_KeepsTheScheduleAndCallsAPerson()
    {
        var activities = new FakeActivities
        {
            OnValidate = input => new ValidationResult { Status = Scheduled, ReleaseAt = input.AsOf.AddDays(1) },
            OnReschedule = _ => throw new ApplicationFailureException("Calendar TARGET is published to 2036.", nameof(SettlementFailure.CalendarExpired), nonRetryable: true),
        };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(Scheduled);
            await settlement.Handle.SignalAsync(workflow => workflow.ReferenceChangedAsync(Change));

            (await settlement.UntilAsync(one => one.AttentionReason == "calendar_expired")).Status.ShouldBe("scheduled");
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
        });
    }
}
