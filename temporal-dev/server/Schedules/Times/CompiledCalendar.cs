using Google.Protobuf.Collections;
using Temporalio.Api.Schedule.V1;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>
/// One calendar of a spec, ready for questions. Local times are seconds since 1970-01-01 00:00 of the wall clock; what they are in UTC is the zone's affair.
/// </summary>
internal sealed class CompiledCalendar(StructuredCalendarSpec calendar)
{
    private const int SecondsPerDay = 86_400;
    private const int SecondsPerHour = 3_600;
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    private readonly ulong second = Bits(calendar.Second);
    private readonly ulong minute = Bits(calendar.Minute);
    private readonly ulong hour = Bits(calendar.Hour);
    private readonly ulong dayOfMonth = Bits(calendar.DayOfMonth);
    private readonly ulong month = Bits(calendar.Month);
    private readonly ulong dayOfWeek = Bits(calendar.DayOfWeek);
    private readonly HashSet<int>? years = calendar.Year.Count == 0 ? null : [.. calendar.Year.SelectMany(Values)];

    /// <summary>Whether the local time matches.</summary>
    public bool Matches(long local)
    {
        var (day, rest) = Split(local);
        return MatchesDate(day) && Has(dayOfWeek, (int)day.DayOfWeek) && Has(hour, rest / SecondsPerHour) && Has(minute, rest / 60 % 60) && Has(second, rest % 60);
    }

    /// <summary>
    /// The first instant after another at which the clocks of a zone show a time that matches, or null. Found as on the real server, hour by hour of the wall
    /// clock, what it makes of changes of the clocks included: see the README of schedules.
    /// </summary>
    public long? Next(ScheduleZone zone, long after)
    {
        var (day, seconds) = Split(Wall(zone, after));
        var (hourOfDay, rest) = (seconds / SecondsPerHour, (seconds % SecondsPerHour) + 1);
        // The second pass through an hour that comes twice shows the same clock times again, so much later.
        var again = Split(Wall(zone, after - SecondsPerHour)).Seconds / SecondsPerHour == hourOfDay ? SecondsPerHour : 0;
        while (day.Year <= CalendarFields.MaxYear)
        {
            if (rest >= SecondsPerHour)
            {
                again = again == 0 && ComesTwice(zone, day, hourOfDay) ? SecondsPerHour : 0;
                (hourOfDay, rest) = (again == 0 ? hourOfDay + 1 : hourOfDay, 0);
            }
            else if (hourOfDay == 24)
                (day, hourOfDay) = (day.AddDays(1), 0);
            else if (!MatchesDate(day) || !Has(dayOfWeek, (int)WeekdayOf(zone, day, (hourOfDay * SecondsPerHour) + rest)))
                (day, hourOfDay, rest, again) = (NextDay(day), 0, 0, 0);
            else if (!Has(hour, hourOfDay))
                (hourOfDay, rest, again) = (hourOfDay + 1, 0, 0);
            else if (FirstOfHour(rest) is not { } found)
                rest = SecondsPerHour;
            else
            {
                var instant = zone.InstantOf(Local(day, (hourOfDay * SecondsPerHour) + found));
                var exists = Split(Wall(zone, instant)).Seconds / SecondsPerHour == hourOfDay;
                if (exists && instant + again > after)
                    return instant + again;
                (hourOfDay, rest) = exists ? (hourOfDay, found + 1) : (hourOfDay + 1, 0);
            }
        }

        return null;
    }

    /// <summary>Whether the next hour of the clocks begins later than in an hour.</summary>
    private static bool ComesTwice(ScheduleZone zone, DateOnly day, int hourOfDay)
    {
        var begin = Local(day, hourOfDay * SecondsPerHour);
        return zone.InstantOf(begin + SecondsPerHour) - zone.InstantOf(begin) > SecondsPerHour;
    }

    /// <summary>Of the instant that the clock time means: where midnight is skipped that may be another day's.</summary>
    private static DayOfWeek WeekdayOf(ScheduleZone zone, DateOnly day, int seconds) => Split(Wall(zone, zone.InstantOf(Local(day, seconds)))).Day.DayOfWeek;

    private static long Wall(ScheduleZone zone, long instant) => instant + zone.OffsetAt(instant).Offset;

    /// <summary>Skips years and months that cannot match.</summary>
    private DateOnly NextDay(DateOnly day)
    {
        if (years is not null && !years.Contains(day.Year))
            return new DateOnly(day.Year + 1, 1, 1);
        return Has(month, day.Month) ? day.AddDays(1) : new DateOnly(day.Year, day.Month, 1).AddMonths(1);
    }

    private bool MatchesDate(DateOnly day) => (years?.Contains(day.Year) ?? true) && Has(month, day.Month) && Has(dayOfMonth, day.Day);

    private int? FirstOfHour(int from)
    {
        for (var (m, s) = (from / 60, from % 60); m < 60; m++, s = 0)
        {
            if (!Has(minute, m))
                continue;
            for (; s < 60; s++)
            {
                if (Has(second, s))
                    return (m * 60) + s;
            }
        }

        return null;
    }

    private static (DateOnly Day, int Seconds) Split(long local)
    {
        var days = Math.DivRem(local, SecondsPerDay, out var rest);
        if (rest < 0)
            (days, rest) = (days - 1, rest + SecondsPerDay);
        return (DateOnly.FromDayNumber((int)Math.Clamp(Epoch.DayNumber + days, 0, DateOnly.MaxValue.DayNumber)), (int)rest);
    }

    private static long Local(DateOnly day, int rest) => ((long)(day.DayNumber - Epoch.DayNumber) * SecondsPerDay) + rest;

    private static bool Has(ulong bits, int value) => (bits >> value & 1) != 0;

    private static ulong Bits(RepeatedField<Api.Schedule.V1.Range> ranges) => ranges.SelectMany(Values).Where(v => v is >= 0 and < 64).Aggregate(0UL, (bits, v) => bits | 1UL << v);

    /// <summary>Ranges of exclusions are not checked, as on the real server; none has more values than there are years to name.</summary>
    private static IEnumerable<int> Values(Api.Schedule.V1.Range range)
    {
        var step = Math.Max(1, range.Step);
        for (long value = range.Start; value <= Math.Min(Math.Max(range.Start, range.End), CalendarFields.MaxYear); value += step)
            yield return (int)value;
    }
}
