using Google.Protobuf.Collections;
using Temporalio.Api.Schedule.V1;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>
/// One calendar of a spec, ready for questions. Local times are seconds since 1970-01-01 00:00 of the wall clock; what they are in UTC is the zone's affair.
/// </summary>
internal sealed class CompiledCalendar(StructuredCalendarSpec calendar)
{
    private const int SecondsPerDay = 86_400;
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
        return MatchesDay(day) && Has(hour, rest / 3600) && Has(minute, rest / 60 % 60) && Has(second, rest % 60);
    }

    /// <summary>The first local time from <paramref name="from"/> on and before <paramref name="until"/> that matches, or null.</summary>
    public long? First(long from, long until)
    {
        var (day, rest) = Split(from);
        while (day.Year <= CalendarFields.MaxYear && Local(day, rest) < until)
        {
            if (MatchesDay(day) && FirstOfDay(rest) is { } found)
                return Local(day, found) < until ? Local(day, found) : null;
            (day, rest) = (NextDay(day), 0);
        }

        return null;
    }

    /// <summary>Skips years and months that cannot match.</summary>
    private DateOnly NextDay(DateOnly day)
    {
        if (years is not null && !years.Contains(day.Year))
            return new DateOnly(day.Year + 1, 1, 1);
        return Has(month, day.Month) ? day.AddDays(1) : new DateOnly(day.Year, day.Month, 1).AddMonths(1);
    }

    private bool MatchesDay(DateOnly day) =>
        (years?.Contains(day.Year) ?? true) && Has(month, day.Month) && Has(dayOfMonth, day.Day) && Has(dayOfWeek, (int)day.DayOfWeek);

    private int? FirstOfDay(int from)
    {
        for (var (h, m, s) = (from / 3600, from / 60 % 60, from % 60); h < 24; h++, m = 0, s = 0)
        {
            if (!Has(hour, h))
                continue;
            for (; m < 60; m++, s = 0)
            {
                if (!Has(minute, m))
                    continue;
                for (; s < 60; s++)
                {
                    if (Has(second, s))
                        return (h * 3600) + (m * 60) + s;
                }
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
