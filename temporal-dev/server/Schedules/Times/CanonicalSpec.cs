using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Schedule.V1;

namespace Temporalio.DevServer.Schedules.Times;

/// <summary>The one form of a spec that is kept and shown: structured calendars and intervals, with all ranges written out.</summary>
internal static class CanonicalSpec
{
    private const int MaxCommentLength = 200;

    /// <summary>Each field of a spec may list this much; more is a mistake or hostile.</summary>
    private const int MaxItems = 10_000;

    /// <exception cref="InvalidScheduleSpecException">It cannot be read.</exception>
    public static ScheduleSpec Of(ScheduleSpec given)
    {
        var spec = given.Clone();
        Require(Items(spec) <= MaxItems, "too many entries");
        spec.StructuredCalendar.AddRange(spec.Calendar.Select(CalendarFields.Parse));
        spec.Calendar.Clear();
#pragma warning disable CS0612 // The old field is still what older clients send.
        spec.ExcludeStructuredCalendar.AddRange(spec.ExcludeCalendar.Select(CalendarFields.Parse));
        spec.ExcludeCalendar.Clear();
#pragma warning restore CS0612
        ReadCron(spec);
        foreach (var calendar in spec.StructuredCalendar)
            Check(calendar);
        foreach (var interval in spec.Interval)
            Check(interval);
        foreach (var calendar in spec.StructuredCalendar.Concat(spec.ExcludeStructuredCalendar))
            WriteOut(calendar);
        return spec;
    }

    /// <summary>A duration that a caller gave, whatever it holds.</summary>
    public static TimeSpan Span(Duration? duration) =>
        duration is null ? TimeSpan.Zero : TimeSpan.FromTicks((Math.Clamp(duration.Seconds, -315_576_000_000, 315_576_000_000) * TimeSpan.TicksPerSecond) + (duration.Nanos / 100));

    private static int Items(ScheduleSpec spec) =>
        spec.StructuredCalendar.Concat(spec.ExcludeStructuredCalendar).Sum(c => 1 + Fields(c).Sum(f => f.Ranges.Count)) + spec.Calendar.Count + spec.CronString.Count + spec.Interval.Count;

    /// <summary>All cron strings must agree on the zone, or on having none, and with the zone that the spec names.</summary>
    private static void ReadCron(ScheduleSpec spec)
    {
        string? zone = null;
        foreach (var cron in spec.CronString)
        {
            var next = CronStrings.AddTo(spec, cron);
            Require(zone is null || zone == next, "conflicting timezone names");
            zone = next;
        }

        spec.CronString.Clear();
        if (string.IsNullOrEmpty(zone))
            return;
        Require((spec.TimezoneName.Length == 0 || spec.TimezoneName == zone) && spec.TimezoneData.IsEmpty, "conflicting timezone names");
        spec.TimezoneName = zone;
    }

    private static void Check(StructuredCalendarSpec calendar)
    {
        var wrong = new List<string>();
        foreach (var (name, ranges, min, max) in Fields(calendar))
        {
            foreach (var range in ranges)
            {
                if (range.Start < min || range.Start > max)
                    wrong.Add($"{name} Start is not in range [{min}-{max}]");
                if (range.End != 0 && (range.End < range.Start || range.End > max))
                    wrong.Add($"{name} End is before Start or not in range [{min}-{max}]");
                if (range.Step < 0)
                    wrong.Add($"{name} has invalid Step");
            }
        }

        if (calendar.Comment.Length > MaxCommentLength)
            wrong.Add("comment is too long");
        Require(wrong.Count == 0, "invalid calendar spec: " + string.Join(", ", wrong.Take(20)));
    }

    private static void Check(IntervalSpec interval)
    {
        var (every, phase) = (Span(interval.Interval), Span(interval.Phase));
        Require(every >= TimeSpan.FromSeconds(1), "interval is too small");
        Require(phase >= TimeSpan.Zero, "phase is negative");
        Require(phase < every, "phase cannot be greater than Interval");
    }

    private static void WriteOut(StructuredCalendarSpec calendar)
    {
        foreach (var (_, ranges, _, _) in Fields(calendar))
        {
            foreach (var range in ranges)
            {
                range.End = Math.Max(range.End, range.Start);
                range.Step = range.Step == 0 ? 1 : range.Step;
            }
        }
    }

    private static IEnumerable<(string Name, RepeatedField<Api.Schedule.V1.Range> Ranges, int Min, int Max)> Fields(StructuredCalendarSpec calendar) =>
    [
        ("Second", calendar.Second, 0, 59),
        ("Minute", calendar.Minute, 0, 59),
        ("Hour", calendar.Hour, 0, 23),
        ("DayOfMonth", calendar.DayOfMonth, 1, 31),
        ("Month", calendar.Month, 1, 12),
        ("Year", calendar.Year, CalendarFields.MinYear, CalendarFields.MaxYear),
        ("DayOfWeek", calendar.DayOfWeek, 0, 6),
    ];

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidScheduleSpecException(otherwise);
    }
}

/// <summary>A schedule's spec that means no times. The message is the real server's.</summary>
internal sealed class InvalidScheduleSpecException(string reason) : RpcException(new Status(StatusCode.InvalidArgument, "Invalid schedule spec: " + reason), "Invalid schedule spec: " + reason)
{
    /// <summary>The reason alone.</summary>
    public string Reason { get; } = reason;
}
