using Microsoft.EntityFrameworkCore;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Tests.Support;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.Activities.Tests.Lifecycle;

[Collection(BooksCollection.Name)]
public sealed class ValidateActivityTests(Books books)
{
    private LifecycleActivities Activity => books.Get<LifecycleActivities>();

    [Fact]
    public async Task Validate_GoodRequest_StaysPendingWithSchedule()
    {
        var input = await books.CreateAsync();

        var result = await Activity.ValidateAsync(Books.Validation(input));

        result.Failure.ShouldBeNull();
        result.Status.ShouldBe(SettlementStatus.Pending);
        result.ReleaseAt.ShouldBe(Books.Now);
        var row = await books.SettlementAsync(input.SettlementId);
        row.DueAt.ShouldBe(new DateTimeOffset(2026, 3, 8, 0, 0, 0, TimeSpan.Zero));
        row.WarningAt.ShouldBe(row.DueAt!.Value.AddDays(1));
        row.CriticalAt.ShouldBe(row.DueAt!.Value.AddDays(3));
    }

    [Fact]
    public async Task Validate_Repeated_GivesFirstAnswerAndWritesNothing()
    {
        var input = await books.CreateAsync();
        var first = await Activity.ValidateAsync(Books.Validation(input));
        var auditBefore = await AuditCountAsync(input.SettlementId);

        var second = await Activity.ValidateAsync(Books.Validation(input));

        second.ShouldBe(first);
        (await AuditCountAsync(input.SettlementId)).ShouldBe(auditBefore);
    }

    [Fact]
    public async Task Validate_PurchaseOnWeekday_IsScheduledForThirdBusinessDay()
    {
        var thursday = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
        var input = await books.CreateAsync(terms => terms with
        {
            Kind = SettlementKind.Purchase, Quantity = 100m, Price = 0.7524m, Rail = CalendarRules.Fedwire,
            CalendarCodes = [CalendarRules.Fedwire], CreatedAsOf = thursday,
        }) with { AsOf = thursday };

        var result = await Activity.ValidateAsync(Books.Validation(input));

        result.Failure.ShouldBeNull(result.Detail);
        result.Status.ShouldBe(SettlementStatus.Scheduled);
        // Friday, Monday, Tuesday; that Sunday New York changes to summer time, so midnight there is 04:00 UTC.
        result.ReleaseAt.ShouldBe(new DateTimeOffset(2026, 3, 10, 4, 0, 0, TimeSpan.Zero));
        result.DueAt.ShouldBe(new DateTimeOffset(2026, 3, 10, 22, 45, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Validate_UnknownRail_FailsWithReason() =>
        await RefusedAsync(SettlementFailure.UnknownWindow, terms => terms with { Rail = "NO-SUCH-RAIL" });

    [Fact]
    public async Task Validate_UnknownCalendar_FailsWithReason() =>
        await RefusedAsync(SettlementFailure.UnknownCalendar, terms => terms with { CalendarCodes = ["NOWHERE"] });

    [Fact]
    public async Task Validate_ExpiredCalendar_FailsWithReason() =>
        await RefusedAsync(SettlementFailure.CalendarExpired, terms => terms with { CreatedAsOf = new DateTimeOffset(2045, 1, 2, 9, 0, 0, TimeSpan.Zero) });

    [Fact]
    public async Task Validate_ValueDateOnHoliday_FailsWithReason() =>
        await RefusedAsync(SettlementFailure.ValueDateInvalid, terms => terms with
        {
            Rail = CalendarRules.Fedwire, CalendarCodes = [CalendarRules.Fedwire], StatedValueDate = new DateOnly(2026, 3, 8),
        });

    [Fact]
    public async Task Validate_UnknownBank_FailsWithReason() =>
        await RefusedAsync(SettlementFailure.UnknownAccount, terms => terms with { BankId = "nobank" });

    [Fact]
    public async Task Validate_AmountNotQuantityTimesPrice_FailsWithReason() =>
        await RefusedAsync(SettlementFailure.AmountNotExact, terms => terms with { Kind = SettlementKind.Purchase, Quantity = 3m, Price = 25m });

    [Fact]
    public async Task Validate_BlockedAccount_FailsWithReason()
    {
        var number = await books.OpenAccountAsync(10_000, status: AccountStatus.Blocked);

        await RefusedAsync(SettlementFailure.AccountUnavailable, terms => terms with { DebtorAccount = number });
    }

    [Fact]
    public async Task Validate_ScreeningListOlderThanADay_FailsClosed()
    {
        var input = await books.CreateAsync() with { AsOf = Books.Now.AddDays(1).AddSeconds(1) };

        var result = await Activity.ValidateAsync(Books.Validation(input));

        result.Failure.ShouldBe(SettlementFailure.ComplianceListUnavailable);
        result.Status.ShouldBe(SettlementStatus.Failed);
    }

    [Fact]
    public async Task Validate_ListedCreditor_WaitsForApproval()
    {
        var input = await books.CreateAsync(terms => terms with { CreditorName = "blocked, PERSON" });

        var result = await Activity.ValidateAsync(Books.Validation(input));

        result.Status.ShouldBe(SettlementStatus.AwaitingApproval);
        result.ApprovalRequired.ShouldBeTrue();
        result.ScreeningHit.ShouldBeTrue();
        result.Detail!.ShouldNotContain("blocked", Case.Insensitive);
    }

    [Fact]
    public async Task Validate_ApprovedBackdatedRequest_GoesOnWithoutAskingAgain()
    {
        var input = await books.CreateAsync(terms => terms with { StatedValueDate = DateOnly.FromDateTime(Books.Now.AddDays(-8).UtcDateTime) });
        (await Activity.ValidateAsync(Books.Validation(input))).ApprovalRequired.ShouldBeTrue();

        var result = await Activity.ValidateAsync(Books.Validation(input, approved: true));

        result.ApprovalRequired.ShouldBeFalse();
        result.Status.ShouldBe(SettlementStatus.AwaitingApproval);
        result.ReleaseAt.ShouldBe(Books.Now);
    }

    [Fact]
    public async Task Validate_SwitchOff_RefusesWithinASecond()
    {
        var writer = books.Get<ReferenceDataWriter>();
        var name = SwitchName.ForBank(SwitchName.NewSettlements, ScriptedBank.Name);
        var input = await books.CreateAsync();
        await writer.SetSwitchAsync(name, true, Actor.System, "drill", Books.Now);
        try
        {
            await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).StoppedBecause(SwitchName.NewSettlements, bankId: ScriptedBank.Name) is not null);

            var result = await Activity.ValidateAsync(Books.Validation(input));

            result.Failure.ShouldBe(SettlementFailure.SwitchedOff);
        }
        finally
        {
            await writer.SetSwitchAsync(name, false, Actor.System, "drill over", Books.Now);
            await Eventually.HoldsAsync(async () => (await books.Get<ReferenceDataCache>().GetAsync()).StoppedBecause(SwitchName.NewSettlements, bankId: ScriptedBank.Name) is null);
        }
    }

    private async Task RefusedAsync(SettlementFailure failure, Func<NewSettlement, NewSettlement> change)
    {
        var input = await books.CreateAsync(change);

        var result = await Activity.ValidateAsync(Books.Validation(input));

        result.Failure.ShouldBe(failure);
        result.Status.ShouldBe(SettlementStatus.Failed);
        var row = await books.SettlementAsync(input.SettlementId);
        row.Status.ShouldBe(SettlementStatus.Failed);
        row.Failure.ShouldBe(failure);
        (await books.AccountOfAsync(input.SettlementId)).HeldMinor.ShouldBe(0);
    }

    private Task<int> AuditCountAsync(Guid id) => books.ReadAsync(context => context.AuditLog.CountAsync(row => row.SettlementId == id));
}
