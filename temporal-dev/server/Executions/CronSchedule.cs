using System.Text.RegularExpressions;
using Temporalio.Api.Schedule.V1;
using Temporalio.DevServer.Schedules.Times;

namespace Temporalio.DevServer.Executions;

/// <summary>
/// The cron of a workflow (cron_schedule): five fields, names such as @daily, "@every 90s", and a time zone in front (CRON_TZ=Europe/Berlin). Its times are those of schedules'
/// calendars; it is stricter with names, and where both day fields are restricted, a day that matches either counts.
/// </summary>
internal sealed partial class CronSchedule
{
    private readonly ScheduleZone zone;
    private readonly CompiledCalendar[] calendars = [];
    private readonly long everySeconds;

    private CronSchedule(string text)
    {
        zone = ScheduleZones.Find(CronStrings.TakeZone(ref text));
        if (text.StartsWith("@every ", StringComparison.Ordinal))
        {
            // Days are Temporal's own, and not known here.
            everySeconds = Math.Max(1, (long)Durations.NanosecondsOfGo(text["@every ".Length..].Replace('d', '?')) / 1_000_000_000);
            return;
        }

        text = CronStrings.Named.GetValueOrDefault(text, text).Replace('?', '*');
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5 || OtherNames().IsMatch(text) || Seven().IsMatch(fields[4]))
            throw new FormatException("no cron");
        var (day, weekday) = (fields[2], fields[4]);
        string[][] days = IsAny(day) || IsAny(weekday) ? [[day, weekday]] : [[day, "*"], ["*", weekday]];
        calendars = [.. days.Select(d => new CompiledCalendar(CalendarFields.Parse(
            new CalendarSpec { Minute = fields[0], Hour = fields[1], Month = fields[3], DayOfMonth = d[0], DayOfWeek = d[1] })))];
    }

    /// <summary>What is wrong with a schedule, or null. An empty one is none and right.</summary>
    public static string? WhyNot(string text)
    {
        try
        {
            return text.Length == 0 || new CronSchedule(text.Trim()).Next(0) is not null ? null : "invalid CronSchedule, no time can be found to satisfy the schedule";
        }
        catch (Exception e) when (e is InvalidScheduleSpecException or FormatException)
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
        var (from, missed) = (scheduled.ToUnixTimeSeconds(), closed.AddTicks(-1).ToUnixTimeSeconds());
        var next = schedule.Next(from);
        if (next <= missed)
            next = schedule.everySeconds > 0 ? missed + schedule.everySeconds - ((missed - from) % schedule.everySeconds) : schedule.Next(missed);
        return next is { } seconds ? TimeSpan.FromSeconds(Math.Ceiling((DateTimeOffset.FromUnixTimeSeconds(seconds) - closed).TotalSeconds)) : null;
    }

    private long? Next(long after) => everySeconds > 0 ? after + everySeconds : calendars.Min(c => c.Next(zone, after));

    /// <summary>A field that restricts nothing; <c>*/2</c> does.</summary>
    private static bool IsAny(string field) => field.Split(',').Any(part => part is "*" or "*/1");

    /// <summary>Here names of days and months have three letters.</summary>
    [GeneratedRegex("(?<![a-z])([a-z]{1,2}|[a-z]{4,})(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex OtherNames();

    /// <summary>Here Sunday is 0 only.</summary>
    [GeneratedRegex(@"(^|[,-])\+?0*7(?!\d)")]
    private static partial Regex Seven();
}
