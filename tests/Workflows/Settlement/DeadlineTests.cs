using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Settlement.Workflows.Tests.Support;
using Temporalio.Api.Enums.V1;
using static Settlement.Domain.SettlementStatus;

namespace Settlement.Workflows.Tests.Settlement;

/// <summary>T+3 in full: three business days to the due date, then due, overdue and critical, in skipped time.</summary>
/// <param name="server">Executable of the server, null if it is not on this machine.</param>
public abstract class DeadlineTests(string? server) : SkippedTimeTest(server)
{
    private static readonly BusinessCalendar Calendar = CalendarRules.Generate(CalendarRules.Fedwire, 2020, 2036);
    private static readonly SettlementWindow Window =
        new("FEDWIRE", Currency.Usd, CalendarRules.Fedwire, "America/New_York", TimeOnly.MinValue, new TimeOnly(18, 45));

    [Fact]
    public Task Run_PurchaseAgainstASilentBank_WaitsThreeBusinessDaysThenEscalatesThreeTimes()
    {
        SettlementTiming? timing = null;
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Accepted } };
        activities.OnValidate = input =>
        {
            timing = SettlementTiming.Compute(input.AsOf, Window, Calendar, SettlementTiming.PurchaseDays);
            return new ValidationResult
            {
                Status = SettlementStatus.Scheduled, ReleaseAt = timing.OpensAt, DueAt = timing.DueAt, OverdueAt = timing.WarningAt,
                CriticalAt = timing.CriticalAt,
            };
        };
        activities.OnEnquire = _ => new BankAnswer
        {
            Outcome = activities.Escalations.Any(one => one.Level == EscalationLevel.Critical) ? BankOutcome.Settled : BankOutcome.Unknown,
        };
        return RunAsync(activities, async settlement =>
        {
            var result = await settlement.ResultAsync();

            result.Status.ShouldBe(Settled);
            Calendar.BusinessDaysBetween(timing!.TradeDate, timing.ValueDate).ShouldBe(3);
            var sent = activities.Transfers.ShouldHaveSingleItem();
            sent.AsOf.ShouldBeInRange(timing.OpensAt, timing.OpensAt.AddMinutes(1));
            var dated = activities.Escalations.Where(one => one.Level != EscalationLevel.Stuck).ToArray();
            dated.Select(one => (one.Level, one.DeadlineAt)).ShouldBe(
            [
                (EscalationLevel.Due, timing.DueAt), (EscalationLevel.Overdue, timing.WarningAt), (EscalationLevel.Critical, timing.CriticalAt),
            ]);
            dated.ShouldAllBe(one => one.AsOf >= one.DeadlineAt && one.AsOf < one.DeadlineAt.AddMinutes(20));
            dated.ShouldAllBe(one => one.Status == OutcomeUnknown);
            activities.Path.ShouldBe([Pending, SettlementStatus.Scheduled, FundsLocked, TransferInitiated, OutcomeUnknown, Confirmed, Settled]);
            (await settlement.CountEventsAsync(EventType.WorkflowExecutionCompleted)).ShouldBe(1);
        }, request => request with
        {
            Kind = SettlementKind.Purchase, Timings = request.Timings with { MaxEnquiryIntervalSeconds = TimeSpan.FromHours(6).TotalSeconds },
        });
    }

    [Fact]
    public Task Run_TwoDaysInOneState_TellsAPersonOnce()
    {
        var activities = new FakeActivities { OnTransfer = _ => new BankAnswer { Outcome = BankOutcome.Rejected, ReasonCode = "AC04" } };
        return RunAsync(activities, async settlement =>
        {
            await settlement.UntilWaitingAsync(AwaitingRetry);
            await settlement.SkipAsync(TimeSpan.FromHours(49));

            var view = await settlement.UntilAsync(one => one.AttentionReason == "stuck_in_status");

            view.Status.ShouldBe("awaiting_retry");
            activities.Escalations.ShouldHaveSingleItem().Level.ShouldBe(EscalationLevel.Stuck);
            await settlement.CancelAsync(Requests.By("olga"));
            (await settlement.ResultAsync()).Status.ShouldBe(Cancelled);
        });
    }

    [Fact]
    public Task Run_WaitingForItsValueDate_IsNotStuck()
    {
        var activities = new FakeActivities
        {
            OnValidate = input => new ValidationResult { Status = SettlementStatus.Scheduled, ReleaseAt = input.AsOf.AddDays(5) },
        };
        return RunAsync(activities, async settlement =>
        {
            (await settlement.ResultAsync()).Status.ShouldBe(Settled);
            activities.Escalations.ShouldBeEmpty();
        });
    }
}
