using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Instructions;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Operations;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Settlement.Activities.Tests.Operations;

/// <summary>Switches, calendars and windows as operators change them. Each test has a rail, calendar or currency of its own: the database is shared.</summary>
[Collection(BooksCollection.Name)]
public sealed class ReferenceDataActionsTests(Books books)
{
    // A Wednesday; the window below closes at 17:00 in Berlin, 16:00 UTC.
    private static readonly DateOnly Day = new(2026, 11, 18);
    private static readonly DateTimeOffset AfterCutOff = new(2026, 11, 18, 16, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task ExtendWindow_PaymentWaitsForTomorrow_IsRescheduledForToday()
    {
        var rail = await RailAsync();
        var input = await ScheduledAsync(rail, AfterCutOff);
        var before = await books.SettlementAsync(input.SettlementId);
        before.ValueDate.ShouldBe(Day.AddDays(1));

        await ExtendAsync(rail, Day, new TimeOnly(18, 30));
        var change = await RescheduleAsync(input, AfterCutOff.AddMinutes(5));

        change.Changed.ShouldBeTrue();
        change.ReleaseAt.ShouldBe(AfterCutOff.AddMinutes(5));
        var row = await books.SettlementAsync(input.SettlementId);
        (row.ValueDate, row.DueAt).ShouldBe((Day, new DateTimeOffset(2026, 11, 18, 17, 30, 0, TimeSpan.Zero)));
        (await books.ReadAsync(context => context.StatusHistory.CountAsync(entry => entry.SettlementId == input.SettlementId)))
            .ShouldBe(2, "the schedule moves, the history does not");
        (await RescheduleAsync(input, AfterCutOff.AddMinutes(6), "2")).Changed.ShouldBeFalse();
    }

    [Fact]
    public async Task Reschedule_FundsLockedAndValueDateBecomesAHoliday_KeepsTheDatesAndMovesTheDeadlines()
    {
        var rail = await RailAsync("TARGET");
        var input = await ScheduledAsync(rail, AfterCutOff.AddHours(-6));
        await books.Get<StepRunner>().RunAsync(new StepKey(input.SettlementId, 1, new StepName("test-lock")), input.AsOf, async step =>
        {
            (await step.Ledger.HoldAsync(input.AsOf.AddDays(7), [new Hold((await books.AccountOfAsync(input.SettlementId)).AccountId, step.Amount)])).IsHeld.ShouldBeTrue();
            step.Transition(SettlementStatus.FundsLocked, Actor.System, "locked");
            return true;
        });
        var before = await books.SettlementAsync(input.SettlementId);
        await ExtendAsync(rail, Day, new TimeOnly(19, 0));

        (await RescheduleAsync(input, AfterCutOff)).Changed.ShouldBeTrue();

        var row = await books.SettlementAsync(input.SettlementId);
        (row.TradeDate, row.ValueDate, row.OpensAt).ShouldBe((before.TradeDate, before.ValueDate, before.OpensAt));
        row.DueAt.ShouldBe(new DateTimeOffset(2026, 11, 18, 18, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task ExtendWindow_Nonsense_IsRefusedWithTheReason()
    {
        var rail = await RailAsync();
        (await RefusalAsync(() => ExtendAsync(rail, Day, new TimeOnly(1, 0)))).ShouldBe(nameof(SettlementFailure.InvalidRequest));
        (await RefusalAsync(() => ExtendAsync(rail, Day.AddDays(-1), new TimeOnly(19, 0)))).ShouldBe(nameof(SettlementFailure.InvalidRequest));
        (await RefusalAsync(() => ExtendAsync("NO-SUCH-RAIL", Day, new TimeOnly(19, 0)))).ShouldBe(nameof(SettlementFailure.UnknownWindow));
    }

    [Fact]
    public async Task PublishCalendar_DayClosedAndYearsAdded_IsTheNextVersionOnceForItsRequest()
    {
        var code = await CalendarAsync();
        var action = new PublishCalendarAction { Operator = "olga", Reason = "announced", RequestId = Guid.NewGuid().ToString("N"), Code = code, Close = [Day] };

        var reply = await books.Get<ReferenceDataActivities>().PublishCalendarAsync(action, AfterCutOff);
        (await books.Get<ReferenceDataActivities>().PublishCalendarAsync(action, AfterCutOff)).ShouldBe(reply);

        (await books.ReadAsync(context => context.Calendars.Where(one => one.Code == code).Select(one => one.Version).ToListAsync())).ShouldBe([1, 2], ignoreOrder: true);
        await Eventually.HoldsAsync(async () => !(await books.Get<ReferenceDataCache>().GetAsync()).Calendar([code]).IsBusinessDay(Day));
        (await RefusalAsync(() => books.Get<ReferenceDataActivities>().PublishCalendarAsync(action with { RequestId = "out-" + code, Close = [new DateOnly(2199, 1, 1)] }, AfterCutOff)))
            .ShouldBe(nameof(SettlementFailure.CalendarExpired));
        (await RefusalAsync(() => books.Get<ReferenceDataActivities>().PublishCalendarAsync(action with { Open = [Day] }, AfterCutOff)))
            .ShouldBe(nameof(SettlementFailure.IdempotencyConflict));
    }

    [Fact]
    public async Task SetSwitch_Transfers_HoldsTheTransferAndSendsNothingUntilReleased()
    {
        var locked = await books.LockedAsync();
        var transfer = Books.Transfer(locked);
        var name = SwitchName.ForCurrency(SwitchName.Transfers, Currency.Usd);
        await SetAsync(name, true);
        try
        {
            await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).StoppedBecause(SwitchName.Transfers, Currency.Usd) is not null);

            (await books.Get<BankActivities>().TransferAsync(transfer)).Outcome.ShouldBe(BankOutcome.Held);

            (await books.SettlementAsync(locked.SettlementId)).Status.ShouldBe(SettlementStatus.FundsLocked);
            (await books.ReadAsync(context => context.BankInstructions.CountAsync(one => one.SettlementId == locked.SettlementId))).ShouldBe(0);
        }
        finally
        {
            await SetAsync(name, false);
            await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).StoppedBecause(SwitchName.Transfers, Currency.Usd) is null);
        }

        (await books.Get<BankActivities>().TransferAsync(transfer)).Outcome.ShouldNotBe(BankOutcome.Held);
        (await books.SettlementAsync(locked.SettlementId)).Status.ShouldBe(SettlementStatus.TransferInitiated);
        (await books.ReadAsync(context => context.AuditLog.CountAsync(entry => entry.Target == "switch:" + name))).ShouldBe(2);
    }

    private Task<OperationReply> SetAsync(string name, bool stopped) => books.Get<ReferenceDataActivities>().SetSwitchAsync(
        new SwitchAction { Operator = "adam", Reason = "drill", RequestId = Guid.NewGuid().ToString("N"), Name = name, Stopped = stopped }, Books.Now);

    private static async Task<string?> RefusalAsync(Func<Task> actionName) => (await Should.ThrowAsync<ApplicationFailureException>(actionName)).ErrorType;

    private async Task ExtendAsync(string rail, DateOnly date, TimeOnly cutOff)
    {
        await books.Get<ReferenceDataActivities>().ExtendWindowAsync(
            new ExtendWindowAction { Operator = "olga", Reason = "the rail is late", RequestId = Guid.NewGuid().ToString("N"), Rail = rail, Currency = "USD", Date = date, CutOff = cutOff }, AfterCutOff);
        await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).Window(rail, Currency.Usd).Extensions.ContainsKey(date));
    }

    private Task<ScheduleChange> RescheduleAsync(StepInput input, DateTimeOffset asOf, string occurrence = "1") => books.Get<LifecycleActivities>().RescheduleAsync(
        new RepeatableStepInput { SettlementId = input.SettlementId, Attempt = 1, AsOf = asOf, Occurrence = occurrence });

    /// <summary>A rail of this test, open from 08:00 to 17:00 in Berlin on the days of a calendar.</summary>
    private async Task<string> RailAsync(string? calendar = null)
    {
        var rail = "R" + Guid.NewGuid().ToString("N")[..8];
        calendar ??= await CalendarAsync();
        await books.Get<ReferenceDataActivities>().PublishWindowAsync(
            new PublishWindowAction
            {
                Operator = "olga", Reason = "test", RequestId = rail, Rail = rail, Currency = "USD", Calendar = calendar, Zone = "Europe/Berlin", Opens = new(8, 0), CutOff = new(17, 0),
            }, Books.Now);
        await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).Windows.Any(one => one.Rail == rail));
        return rail;
    }

    private async Task<string> CalendarAsync()
    {
        var code = "C" + Guid.NewGuid().ToString("N")[..8];
        await books.Get<ReferenceDataWriter>().PublishCalendarAsync(
            new BusinessCalendar(code, 1, new(2026, 1, 1), new(2027, 12, 31), [DayOfWeek.Saturday, DayOfWeek.Sunday], []), Actor.System, "test", Books.Now);
        await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).Calendars.Any(one => one.Code == code));
        return code;
    }

    private async Task<StepInput> ScheduledAsync(string rail, DateTimeOffset at)
    {
        await books.Get<ReferenceDataWriter>().PublishScreeningListAsync(["Blocked Person"], [], ["KP"], "test", Actor.System, at);
        await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).Screening?.PublishedAsOf == at);
        try
        {
            var window = (await books.Get<ReferenceDataCache>().GetAsync()).Window(rail, Currency.Usd);
            var input = await books.CreateAsync(terms => terms with { Rail = rail, CalendarCodes = [window.CalendarCode], CreatedAsOf = at }) with { AsOf = at };
            (await books.Get<LifecycleActivities>().ValidateAsync(Books.Validation(input))).Failure.ShouldBeNull();
            return input;
        }
        finally
        {
            await books.Get<ReferenceDataWriter>().PublishScreeningListAsync(["Blocked Person"], [], ["KP"], "test", Actor.System, Books.Now);
            await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).Screening?.PublishedAsOf == Books.Now);
        }
    }
}
