using FsCheck;
using FsCheck.Fluent;

namespace Settlement.Domain.Tests;

public class CalendarTests
{
    private static readonly BusinessCalendar Target = CalendarRules.Generate(CalendarRules.Target, 2020, 2036);
    private static readonly BusinessCalendar Fedwire = CalendarRules.Generate(CalendarRules.Fedwire, 2020, 2036);
    private static readonly BusinessCalendar Chaps = CalendarRules.Generate(CalendarRules.Chaps, 2020, 2036);
    private static readonly BusinessCalendar Sarie = CalendarRules.Generate(CalendarRules.Sarie, 2020, 2036);

    // European Central Bank, TARGET closing days; Good Friday and Easter Monday as published per year.
    [Theory]
    [InlineData("2024-01-01 2024-03-29 2024-04-01 2024-05-01 2024-12-25 2024-12-26")]
    [InlineData("2025-01-01 2025-04-18 2025-04-21 2025-05-01 2025-12-25 2025-12-26")]
    [InlineData("2026-01-01 2026-04-03 2026-04-06 2026-05-01 2026-12-25 2026-12-26")]
    public void Target_PublishedClosingDays_Agree(string published) => HolidaysOf(Target, published).ShouldBe(Dates(published));

    // Federal Reserve Board, holidays observed; Saturday ones are not moved (4 July 2026 is one).
    [Theory]
    [InlineData("2024-01-01 2024-01-15 2024-02-19 2024-05-27 2024-06-19 2024-07-04 2024-09-02 2024-10-14 2024-11-11 2024-11-28 2024-12-25")]
    [InlineData("2025-01-01 2025-01-20 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-10-13 2025-11-11 2025-11-27 2025-12-25")]
    [InlineData("2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-04 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25")]
    [InlineData("2023-01-02 2023-01-16 2023-02-20 2023-05-29 2023-06-19 2023-07-04 2023-09-04 2023-10-09 2023-11-11 2023-11-23 2023-12-25")]
    public void Fedwire_PublishedHolidays_Agree(string published) => HolidaysOf(Fedwire, published).ShouldBe(Dates(published));

    [Fact]
    public void Fedwire_FridayBeforeSaturdayHoliday_IsOpen() => Fedwire.IsBusinessDay(new DateOnly(2026, 7, 3)).ShouldBeTrue();

    // gov.uk, bank holidays in England and Wales.
    [Theory]
    [InlineData("2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28")]
    [InlineData("2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28")]
    [InlineData("2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27")]
    [InlineData("2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26")]
    [InlineData("2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26")]
    [InlineData("2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28")]
    public void Chaps_PublishedBankHolidays_Agree(string published) => HolidaysOf(Chaps, published).ShouldBe(Dates(published));

    // Umm al-Qura: 1 Shawwal 1446 was 30 March 2025, 10 Dhu al-Hijja 1446 was 6 June 2025.
    [Fact]
    public void Sarie_WeekendAndEid_AreClosed()
    {
        Sarie.IsBusinessDay(new DateOnly(2025, 3, 30)).ShouldBeFalse();
        Sarie.IsBusinessDay(new DateOnly(2025, 6, 6)).ShouldBeFalse();
        Sarie.IsBusinessDay(new DateOnly(2025, 9, 23)).ShouldBeFalse();
        Sarie.IsBusinessDay(new DateOnly(2026, 11, 20)).ShouldBeFalse("a Friday");
        Sarie.IsBusinessDay(new DateOnly(2026, 11, 21)).ShouldBeFalse("a Saturday");
        Sarie.IsBusinessDay(new DateOnly(2026, 11, 22)).ShouldBeTrue("a Sunday");
    }

    // Saudi Central Bank, announcement of 18 September 2025 of the holidays of its RTGS from 2026 to 2029; weekends between are left out.
    [Theory]
    [InlineData("2026-02-22 2026-03-19 2026-03-22 2026-05-26 2026-05-27 2026-05-28 2026-09-23")]
    [InlineData("2027-02-22 2027-03-08 2027-03-09 2027-03-10 2027-05-16 2027-05-17 2027-05-18 2027-09-23")]
    [InlineData("2028-02-22 2028-02-27 2028-02-28 2028-05-04 2028-05-07 2028-09-24")]
    [InlineData("2029-02-13 2029-02-14 2029-02-15 2029-02-22 2029-04-23 2029-04-24 2029-04-25 2029-09-23")]
    public void Sarie_AnnouncedHolidays_Agree(string published) => HolidaysOf(Sarie, published).ShouldBe(Dates(published));

    // Announced for 2019 (closed after 3 June until 9 June) and 2021 (after 11 May until 16 May): the rule gives the same working days.
    [Theory]
    [InlineData("2019-06-03", "2019-06-09")]
    [InlineData("2021-05-11", "2021-05-16")]
    public void Sarie_EidByRule_AgreesWithWhatWasAnnounced(string lastDay, string nextDay)
    {
        var calendar = CalendarRules.Generate(CalendarRules.Sarie, 2019, 2021);
        calendar.AddBusinessDays(Dates(lastDay)[0], 1).ShouldBe(Dates(nextDay)[0]);
    }

    [Theory]
    [InlineData(1961, 4, 2)]
    [InlineData(2000, 4, 23)]
    [InlineData(2024, 3, 31)]
    [InlineData(2038, 4, 25)]
    [InlineData(2285, 3, 22)]
    public void EasterSunday_KnownYears_Agree(int year, int month, int day) => CalendarRules.EasterSunday(year).ShouldBe(new DateOnly(year, month, day));

    [Fact]
    public void AlwaysOpen_EveryDay_IsABusinessDay()
    {
        var open = CalendarRules.Generate(CalendarRules.AlwaysOpen, 2026, 2026);
        Enumerable.Range(0, 365).All(day => open.IsBusinessDay(new DateOnly(2026, 1, 1).AddDays(day))).ShouldBeTrue();
    }

    [Fact]
    public void IsBusinessDay_OutsideThePublishedRange_IsRefused() =>
        Should.Throw<SettlementException>(() => Target.IsBusinessDay(new DateOnly(2037, 1, 1))).Failure.ShouldBe(SettlementFailure.CalendarExpired);

    [Fact]
    public void AddBusinessDays_RunsOutOfTheRange_IsRefused() =>
        Should.Throw<SettlementException>(() => Target.AddBusinessDays(new DateOnly(2036, 12, 30), 3)).Failure.ShouldBe(SettlementFailure.CalendarExpired);

    [Fact]
    public void AddBusinessDays_OverEaster_CountsOnlyBusinessDays() =>
        Target.AddBusinessDays(new DateOnly(2026, 4, 2), 3).ShouldBe(new DateOnly(2026, 4, 9));

    [Fact]
    public void AddBusinessDays_AnyDateAndCount_EndsOnABusinessDayThatManyAway()
    {
        var cases = from calendar in Gen.Elements(Target, Fedwire, Chaps, Sarie)
                    from day in Gen.Choose(0, 5000)
                    from days in Gen.Choose(0, 30)
                    select (calendar, new DateOnly(2021, 1, 1).AddDays(day), days);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var (calendar, date, days) = c;
            var start = calendar.OnOrAfter(date);
            var end = calendar.AddBusinessDays(date, days);
            return calendar.IsBusinessDay(end) && calendar.BusinessDaysBetween(start, end) == days
                && calendar.AddBusinessDays(end, -days) == start;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Joint_AnyDay_IsOpenOnlyWhereAllAre()
    {
        var joint = BusinessCalendar.Joint(Target, Fedwire, Sarie);
        joint.Code.ShouldBe("FEDWIRE+SARIE+TARGET");
        Prop.ForAll(Gen.Choose(0, 6000).Select(day => new DateOnly(2020, 1, 1).AddDays(day)).ToArbitrary(), date =>
            joint.IsBusinessDay(date) == (Target.IsBusinessDay(date) && Fedwire.IsBusinessDay(date) && Sarie.IsBusinessDay(date))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Joint_DisjointRanges_IsRefused() =>
        Should.Throw<SettlementException>(() => BusinessCalendar.Joint(CalendarRules.Generate(CalendarRules.Target, 2020, 2021), CalendarRules.Generate(CalendarRules.Chaps, 2022, 2023)))
            .Failure.ShouldBe(SettlementFailure.CalendarExpired);

    [Fact]
    public void Generate_UnknownCode_IsRefused() =>
        Should.Throw<SettlementException>(() => CalendarRules.Generate("MOON", 2026, 2026)).Failure.ShouldBe(SettlementFailure.UnknownCalendar);

    private static DateOnly[] Dates(string text) => [.. text.Split(' ').Select(date => DateOnly.ParseExact(date, "yyyy-MM-dd"))];

    /// <summary>Holidays of the year in question; those on a weekend that the source leaves out are left out here too.</summary>
    private static DateOnly[] HolidaysOf(BusinessCalendar calendar, string published)
    {
        var listed = Dates(published);
        return [.. calendar.Holidays.Where(date => date.Year == listed[0].Year && (listed.Contains(date) || !calendar.Weekend.Contains(date.DayOfWeek))).Order()];
    }
}
