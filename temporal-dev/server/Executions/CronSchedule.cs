using System.Globalization;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// The cron of a workflow (cron_schedule): five fields, names such as @daily, "@every 90s", and a time zone in front (CRON_TZ=Europe/Berlin).
/// Both day fields restricted: a day that matches either counts. A local time that a clock change skips does not occur.
/// </summary>
internal sealed class CronSchedule
{
    private const int SearchYears = 5;
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly TimeSpan every;
    private readonly ulong minutes;
    private readonly ulong hours;
    private readonly ulong days;
    private readonly ulong months;
    private readonly ulong weekdays;
    private readonly bool anyDay;
    private readonly bool anyWeekday;
    private readonly TimeZoneInfo zone = TimeZoneInfo.Utc;

    private CronSchedule(string text)
    {
        if (text.StartsWith("TZ=", StringComparison.Ordinal) || text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0)
                throw new FormatException("no fields after the time zone");
            var name = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..space];
            zone = TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : throw new FormatException($"provided bad location {name}");
            text = text[space..].Trim();
        }

        if (text.StartsWith("@every ", StringComparison.Ordinal))
        {
            every = GoDuration.Parse(text["@every ".Length..].Trim());
            if (every < TimeSpan.FromSeconds(1))
                every = TimeSpan.FromSeconds(1);
            return;
        }

        var fields = Named(text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length != 5)
            throw new FormatException($"expected exactly 5 fields, found {fields.Length}: {text}");
        minutes = Field(fields[0], 0, 59, null);
        hours = Field(fields[1], 0, 23, null);
        days = Field(fields[2], 1, 31, null);
        months = Field(fields[3], 1, 12, Months);
        weekdays = Field(fields[4], 0, 7, Days);
        if ((weekdays & (1UL << 7)) != 0)
            weekdays |= 1;
        anyDay = fields[2][0] is '*' or '?';
        anyWeekday = fields[4][0] is '*' or '?';
    }

    /// <summary>What is wrong with a schedule, or null. An empty one is none and right.</summary>
    public static string? WhyNot(string text)
    {
        if (text.Length == 0)
            return null;
        try
        {
            _ = new CronSchedule(text.Trim());
            return null;
        }
        catch (FormatException)
        {
            return "invalid CronSchedule.";
        }
    }

    /// <summary>How long after <paramref name="closed"/> the next run begins, in whole seconds; null if there is no next one.</summary>
    /// <param name="text">A valid schedule.</param>
    /// <param name="scheduled">When the run before was to begin.</param>
    /// <param name="closed">When it has closed, or now for the first one.</param>
    public static TimeSpan? Wait(string text, DateTimeOffset scheduled, DateTimeOffset closed)
    {
        var schedule = new CronSchedule(text.Trim());
        var next = schedule.Next(scheduled);
        if (schedule.every > TimeSpan.Zero && next < closed)
            next = scheduled + (schedule.every * Math.Ceiling((closed - scheduled) / schedule.every));
        else if (next < closed)
            next = schedule.Next(closed - TimeSpan.FromTicks(1));
        return next is null ? null : TimeSpan.FromSeconds(Math.Ceiling((next.Value - closed).TotalSeconds));
    }

    private DateTimeOffset? Next(DateTimeOffset after)
    {
        if (every > TimeSpan.Zero)
            return after + every;
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var time = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        var end = time.AddYears(SearchYears);
        while (time < end)
        {
            if (!Has(months, time.Month))
                time = new DateTime(time.Year, time.Month, 1).AddMonths(1);
            else if (!IsDay(time))
                time = time.Date.AddDays(1);
            else if (!Has(hours, time.Hour))
                time = time.Date.AddHours(time.Hour + 1);
            else if (!Has(minutes, time.Minute) || zone.IsInvalidTime(time) || At(time) <= after)
                time = time.AddMinutes(1);
            else
                return At(time);
        }

        return null;
    }

    private DateTimeOffset At(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();

    private bool IsDay(DateTime time)
    {
        var day = Has(days, time.Day);
        var weekday = Has(weekdays, (int)time.DayOfWeek);
        return anyDay || anyWeekday ? day && weekday : day || weekday;
    }

    private static bool Has(ulong set, int value) => (set & (1UL << value)) != 0;

    private static string Named(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ when text.StartsWith('@') => throw new FormatException($"unrecognized descriptor: {text}"),
        _ => text,
    };

    private static ulong Field(string field, int min, int max, string[]? names)
    {
        var set = 0UL;
        foreach (var part in field.Split(','))
            set |= Part(part, min, max, names);
        return set;
    }

    private static ulong Part(string part, int min, int max, string[]? names)
    {
        var slash = part.Split('/');
        if (slash.Length > 2)
            throw new FormatException($"too many slashes: {part}");
        var dash = slash[0].Split('-');
        if (dash.Length > 2)
            throw new FormatException($"too many hyphens: {part}");
        var isAny = dash[0] is "*" or "?";
        var from = isAny ? min : Number(dash[0], min, names);
        var to = isAny ? (max == 7 ? 6 : max) : dash.Length == 2 ? Number(dash[1], min, names) : slash.Length == 2 ? max : from;
        var step = slash.Length == 2 ? Number(slash[1], min, null) : 1;
        if (step <= 0)
            throw new FormatException($"step of range should be a positive number: {part}");
        if (from < min)
            throw new FormatException($"beginning of range ({from}) below minimum ({min}): {part}");
        if (to > max)
            throw new FormatException($"end of range ({to}) above maximum ({max}): {part}");
        if (from > to)
            throw new FormatException($"beginning of range ({from}) beyond end of range ({to}): {part}");
        var set = 0UL;
        for (var value = from; value <= to; value += step)
            set |= 1UL << value;
        return set;
    }

    private static int Number(string text, int first, string[]? names)
    {
        if (names is not null && Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is var index and >= 0)
            return index + first;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"failed to parse int from {text}");
    }
}
