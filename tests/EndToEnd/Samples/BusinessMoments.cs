using Settlement.Database;
using Settlement.Domain;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>The instants at which business clocks go wrong: weekends, cut-offs, changes of the clock, the end of the year.</summary>
internal static class BusinessMoments
{
    public const string SaturdayUtc = "Saturday 03:00 UTC";
    public const string SaturdayBerlin = "Saturday 03:00 Europe/Berlin";
    public const string SampleCutOff = "cut-off of SAMPLE-24X7";
    public const string FedwireCutOff = "cut-off of FEDWIRE";
    public const string T2CutOff = "cut-off of T2";
    public const string YearEnd = "last second of the year";
    public const string SpringBerlin = "summer time begins in Europe/Berlin";
    public const string AutumnBerlin = "summer time ends in Europe/Berlin";
    public const string SpringNewYork = "summer time begins in America/New_York";
    public const string AutumnNewYork = "summer time ends in America/New_York";

    public static IReadOnlyList<string> Names { get; } =
    [
        SaturdayUtc, SaturdayBerlin, SampleCutOff, FedwireCutOff, T2CutOff, YearEnd, SpringBerlin, AutumnBerlin, SpringNewYork, AutumnNewYork,
    ];

    /// <summary>The first instant of that name after <paramref name="start"/>; cut-offs are those of the published windows.</summary>
    public static DateTimeOffset Next(string name, DateTimeOffset start, ReferenceData data) => name switch
    {
        SaturdayUtc => Saturday(start, "UTC"),
        SaturdayBerlin => Saturday(start, "Europe/Berlin"),
        SampleCutOff => CutOff(start, data, CalendarRules.AlwaysOpen, Currency.Usd),
        FedwireCutOff => CutOff(start, data, "FEDWIRE", Currency.Usd),
        T2CutOff => CutOff(start, data, "T2", Currency.Eur),
        YearEnd => new DateTimeOffset(start.Year, 12, 31, 23, 59, 59, TimeSpan.Zero),
        SpringBerlin => ClockChange(start, "Europe/Berlin", forward: true),
        AutumnBerlin => ClockChange(start, "Europe/Berlin", forward: false),
        SpringNewYork => ClockChange(start, "America/New_York", forward: true),
        AutumnNewYork => ClockChange(start, "America/New_York", forward: false),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such moment."),
    };

    private static DateTimeOffset Saturday(DateTimeOffset start, string zoneId)
    {
        var zone = BusinessZone.Of(zoneId);
        var date = BusinessZone.LocalDate(zone, start).AddDays(1);
        while (date.DayOfWeek != DayOfWeek.Saturday)
            date = date.AddDays(1);
        return BusinessZone.Instant(zone, date, new TimeOnly(3, 0));
    }

    private static DateTimeOffset CutOff(DateTimeOffset start, ReferenceData data, string rail, Currency currency)
    {
        var window = data.Window(rail, currency);
        return window.CutOffAt(data.Calendar([window.CalendarCode]).After(BusinessZone.LocalDate(BusinessZone.Of(window.ZoneId), start)));
    }

    /// <summary>Found by asking the zone hour by hour, so that no rule of when clocks change is repeated here.</summary>
    private static DateTimeOffset ClockChange(DateTimeOffset start, string zoneId, bool forward)
    {
        var zone = BusinessZone.Of(zoneId);
        var hour = new DateTimeOffset(start.Year, start.Month, start.Day, start.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
        for (var end = hour.AddDays(366); hour < end; hour = hour.AddHours(1))
        {
            var shift = zone.GetUtcOffset(hour) - zone.GetUtcOffset(hour.AddHours(-1));
            if (forward ? shift > TimeSpan.Zero : shift < TimeSpan.Zero)
                return hour;
        }

        throw new InvalidOperationException($"{zoneId} does not change its clocks.");
    }
}
