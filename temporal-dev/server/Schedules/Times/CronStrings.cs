using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Schedule.V1;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>
/// Cron strings as Temporal reads them: five fields, six with a year, seven with seconds and year, <c>@hourly</c> and the like,
/// <c>@every interval/phase</c>, a leading <c>TZ=</c> or <c>CRON_TZ=</c>, and a comment behind <c>#</c>. Day of month and day of week must both match.
/// </summary>
internal static class CronStrings
{
    /// <summary>Gets what stands for five fields.</summary>
    public static IReadOnlyDictionary<string, string> Named { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    /// <summary>Adds what the string says to a spec.</summary>
    /// <returns>The time zone's name, or empty.</returns>
    /// <exception cref="InvalidScheduleSpecException">It cannot be read.</exception>
    public static string AddTo(ScheduleSpec spec, string cron)
    {
        var hash = cron.IndexOf('#', StringComparison.Ordinal);
        var comment = hash < 0 ? "" : cron[(hash + 1)..].Trim();
        var text = (hash < 0 ? cron : cron[..hash]).Trim();
        var zone = TakeZone(ref text);
        if (text.StartsWith("@every", StringComparison.Ordinal))
        {
            // An interval knows no zone.
            spec.Interval.Add(Every(text));
            return "";
        }

        spec.StructuredCalendar.Add(CalendarFields.Parse(Fields(Named.GetValueOrDefault(text, text), comment)));
        return zone;
    }

    /// <summary>Cuts off a time zone in front.</summary>
    /// <returns>Its name, or empty.</returns>
    public static string TakeZone(ref string text)
    {
        if (!text.StartsWith("TZ=", StringComparison.Ordinal) && !text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
            return "";
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
            throw new InvalidScheduleSpecException("CronString has time zone but missing fields");
        var zone = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..space];
        text = text[(space + 1)..].Trim();
        return zone;
    }

    private static IntervalSpec Every(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
            throw new InvalidScheduleSpecException("CronString does not have interval after @every");
        var parts = text[(space + 1)..].Split('/', 2);
        var interval = new IntervalSpec { Interval = Span(parts[0]) };
        if (parts is [_, { Length: > 0 } phase])
            interval.Phase = Span(phase);
        return interval;
    }

    private static Duration Span(string text)
    {
        try
        {
            return Durations.Of(TimeSpan.FromTicks((long)(Durations.NanosecondsOfGo(text.Trim()) / TimeSpan.NanosecondsPerTick)));
        }
        catch (FormatException e)
        {
            throw new InvalidScheduleSpecException(e.Message);
        }
    }

    private static CalendarSpec Fields(string text, string comment) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var minute, var hour, var day, var month, var weekday] => new() { Comment = comment, Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday },
        [var minute, var hour, var day, var month, var weekday, var year] => new() { Comment = comment, Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday, Year = year },
        [var second, var minute, var hour, var day, var month, var weekday, var year] =>
            new() { Comment = comment, Second = second, Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday, Year = year },
        _ => throw new InvalidScheduleSpecException("CronString does not have 5-7 fields"),
    };
}
