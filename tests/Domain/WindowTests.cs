namespace Settlement.Domain.Tests;

public class WindowTests
{
    private static readonly BusinessCalendar Target = CalendarRules.Generate(CalendarRules.Target, 2020, 2036);
    private static readonly BusinessCalendar Fedwire = CalendarRules.Generate(CalendarRules.Fedwire, 2020, 2036);
    private static readonly SettlementWindow T2 = new("T2", Currency.Eur, CalendarRules.Target, "Europe/Berlin", new TimeOnly(2, 30), new TimeOnly(17, 0));
    private static readonly SettlementWindow NewYork = new("FEDWIRE", Currency.Usd, CalendarRules.Fedwire, "America/New_York", TimeOnly.MinValue, new TimeOnly(18, 45));
    private static readonly DateOnly Wednesday = new(2026, 11, 18);

    [Fact]
    public void BusinessDate_InstantBeforeCutOff_IsToday() =>
        T2.BusinessDate(T2.CutOffAt(Wednesday).AddTicks(-1), Target).ShouldBe(Wednesday);

    [Fact]
    public void BusinessDate_AtTheCutOffInstant_IsTheNextBusinessDay() =>
        T2.BusinessDate(T2.CutOffAt(Wednesday), Target).ShouldBe(Wednesday.AddDays(1));

    [Fact]
    public void BusinessDate_FridayAfterCutOff_IsMonday() =>
        T2.BusinessDate(T2.CutOffAt(new DateOnly(2026, 11, 20)), Target).ShouldBe(new DateOnly(2026, 11, 23));

    [Fact]
    public void CutOffAt_WinterAndSummer_FollowsTheZone()
    {
        T2.CutOffAt(new DateOnly(2026, 1, 14)).UtcDateTime.TimeOfDay.ShouldBe(TimeSpan.FromHours(16));
        T2.CutOffAt(new DateOnly(2026, 7, 15)).UtcDateTime.TimeOfDay.ShouldBe(TimeSpan.FromHours(15));
    }

    [Fact]
    public void CutOffAt_MondaysAroundAChangeOfClocks_KeepLocalTime()
    {
        // New York goes to summer time on Sunday 2026-03-08.
        NewYork.CutOffAt(new DateOnly(2026, 3, 6)).UtcDateTime.ShouldBe(new DateTime(2026, 3, 6, 23, 45, 0, DateTimeKind.Utc));
        NewYork.CutOffAt(new DateOnly(2026, 3, 9)).UtcDateTime.ShouldBe(new DateTime(2026, 3, 9, 22, 45, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void Instant_TimeThatOccursTwice_IsTheFirst() =>
        // Berlin, 2026-10-25: 02:30 is first 00:30 UTC, then 01:30 UTC.
        BusinessZone.Instant(BusinessZone.Of("Europe/Berlin"), new DateOnly(2026, 10, 25), new TimeOnly(2, 30)).UtcDateTime.TimeOfDay.ShouldBe(new TimeSpan(0, 30, 0));

    [Fact]
    public void Instant_TimeThatDoesNotOccur_MovesOnByTheGap() =>
        // Berlin, 2026-03-29: 02:30 does not exist; 03:30 summer time is 01:30 UTC.
        BusinessZone.Instant(BusinessZone.Of("Europe/Berlin"), new DateOnly(2026, 3, 29), new TimeOnly(2, 30)).UtcDateTime.TimeOfDay.ShouldBe(new TimeSpan(1, 30, 0));

    [Fact]
    public void IsOpen_TheDay_IsFromOpeningUpToTheCutOff()
    {
        T2.IsOpen(T2.OpensAt(Wednesday).AddTicks(-1), Target).ShouldBeFalse();
        T2.IsOpen(T2.OpensAt(Wednesday), Target).ShouldBeTrue();
        T2.IsOpen(T2.CutOffAt(Wednesday).AddTicks(-1), Target).ShouldBeTrue();
        T2.IsOpen(T2.CutOffAt(Wednesday), Target).ShouldBeFalse();
        T2.IsOpen(T2.OpensAt(new DateOnly(2026, 11, 21)).AddHours(5), Target).ShouldBeFalse("a Saturday");
    }

    [Fact]
    public void NextOpen_SaturdayNight_IsMondaysOpening() =>
        T2.NextOpen(new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero), new DateOnly(2026, 11, 21), Target).ShouldBe(T2.OpensAt(new DateOnly(2026, 11, 23)));

    [Fact]
    public void NextOpen_WhileOpen_IsNow()
    {
        var now = T2.OpensAt(Wednesday).AddHours(1);
        T2.NextOpen(now, Wednesday, Target).ShouldBe(now);
    }

    [Fact]
    public void NextOpen_BeforeTheValueDate_IsItsOpening() =>
        T2.NextOpen(T2.OpensAt(Wednesday), Wednesday.AddDays(1), Target).ShouldBe(T2.OpensAt(Wednesday.AddDays(1)));

    [Fact]
    public void BusinessDate_ExtendedCutOff_HoldsForThatDayOnly()
    {
        var extended = T2 with { Extensions = new Dictionary<DateOnly, TimeOnly> { [Wednesday] = new(19, 0) } };
        var seven = T2.CutOffAt(Wednesday).AddHours(1);
        extended.BusinessDate(seven, Target).ShouldBe(Wednesday);
        extended.BusinessDate(seven.AddDays(1), Target).ShouldBe(Wednesday.AddDays(2));
    }

    [Theory]
    [InlineData(2026, 11, 21, 3, 0)]
    [InlineData(2026, 3, 29, 1, 0)]
    [InlineData(2026, 12, 31, 23, 59)]
    public void AlwaysOpen_AnyInstant_IsOpenToday(int year, int month, int day, int hour, int minute)
    {
        var window = SettlementWindow.AlwaysOpen(Currency.Usd);
        var calendar = CalendarRules.Generate(CalendarRules.AlwaysOpen, 2020, 2036);
        var now = new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero);
        window.IsOpen(now, calendar).ShouldBeTrue();
        window.BusinessDate(now, calendar).ShouldBe(new DateOnly(year, month, day));
        window.CutOffAt(new DateOnly(year, month, day)).ShouldBe(new DateTimeOffset(now.Date.AddDays(1), TimeSpan.Zero));
    }

    [Fact]
    public void Of_ZoneThatIsNoIanaZone_IsRefused() =>
        Should.Throw<SettlementException>(() => BusinessZone.Of("W. Europe Standard Time")).Failure.ShouldBe(SettlementFailure.UnknownWindow);

    [Fact]
    public void Timing_PurchaseOnWednesday_IsDueOnMondayAndEscalatesByBusinessDays()
    {
        var timing = SettlementTiming.Compute(T2.OpensAt(Wednesday).AddHours(6), T2, Target, SettlementTiming.PurchaseDays);
        timing.TradeDate.ShouldBe(Wednesday);
        timing.ValueDate.ShouldBe(new DateOnly(2026, 11, 23));
        timing.DueAt.ShouldBe(T2.CutOffAt(new DateOnly(2026, 11, 23)));
        timing.WarningAt.ShouldBe(T2.CutOffAt(new DateOnly(2026, 11, 24)));
        timing.CriticalAt.ShouldBe(T2.CutOffAt(new DateOnly(2026, 11, 26)));
    }

    [Fact]
    public void Timing_PurchaseAtTheCutOff_CountsFromTheNextDay() =>
        SettlementTiming.Compute(T2.CutOffAt(Wednesday), T2, Target, SettlementTiming.PurchaseDays).ValueDate.ShouldBe(new DateOnly(2026, 11, 24));

    [Fact]
    public void Timing_JointCalendar_SkipsTheOtherPlacesHoliday() =>
        // Thanksgiving 2026-11-26 is a holiday in New York only.
        SettlementTiming.Compute(T2.OpensAt(new DateOnly(2026, 11, 24)).AddHours(6), T2, BusinessCalendar.Joint(Target, Fedwire), 3).ValueDate.ShouldBe(new DateOnly(2026, 11, 30));

    [Fact]
    public void Timing_StatedTradeDateThreeDaysBack_FallsDueToday() =>
        SettlementTiming.Compute(T2.OpensAt(new DateOnly(2026, 11, 23)).AddHours(6), T2, Target, 3, statedTradeDate: Wednesday).ValueDate.ShouldBe(new DateOnly(2026, 11, 23));

    [Fact]
    public void Timing_StatedValueDateOnAHoliday_IsRefused() =>
        Should.Throw<SettlementException>(() => SettlementTiming.Compute(T2.OpensAt(Wednesday), T2, Target, 0, statedValueDate: new DateOnly(2026, 12, 25)))
            .Failure.ShouldBe(SettlementFailure.ValueDateInvalid);
}
