using Google.Protobuf.WellKnownTypes;

namespace Temporalio.Client.Schedules;

/// <summary>
/// When a schedule acts: at all times of its calendars, intervals and cron expressions, except for those of
/// <see cref="Skip"/>.
/// </summary>
public record ScheduleSpec
{
    /// <summary>Times by calendar.</summary>
    public IReadOnlyCollection<ScheduleCalendarSpec> Calendars { get; init; } = [];

    /// <summary>Times by interval.</summary>
    public IReadOnlyCollection<ScheduleIntervalSpec> Intervals { get; init; } = [];

    /// <summary>Times by cron expression. The server turns them into calendars, and that is how they are read back.</summary>
    public IReadOnlyCollection<string> CronExpressions { get; init; } = [];

    /// <summary>Times at which nothing is done.</summary>
    public IReadOnlyCollection<ScheduleCalendarSpec> Skip { get; init; } = [];

    /// <summary>Time in UTC before which nothing is done.</summary>
    public DateTime? StartAt { get; init; }

    /// <summary>Time in UTC after which nothing is done.</summary>
    public DateTime? EndAt { get; init; }

    /// <summary>Longest random delay of an action, but never to beyond the next.</summary>
    public TimeSpan? Jitter { get; init; }

    /// <summary>IANA time zone of calendars and cron expressions. Default UTC.</summary>
    public string? TimeZoneName { get; init; }

    /// <summary>Converts from the wire message.</summary>
    internal static ScheduleSpec FromProto(Api.Schedule.V1.ScheduleSpec proto) => new()
    {
        Calendars = proto.StructuredCalendar.Select(ScheduleCalendarSpec.FromProto).ToArray(),
        Intervals = proto.Interval.Select(ScheduleIntervalSpec.FromProto).ToArray(),
        CronExpressions = proto.CronString,
        Skip = proto.ExcludeStructuredCalendar.Select(ScheduleCalendarSpec.FromProto).ToArray(),
        StartAt = proto.StartTime?.ToDateTime(),
        EndAt = proto.EndTime?.ToDateTime(),
        Jitter = proto.Jitter?.ToTimeSpan(),
        TimeZoneName = proto.TimezoneName.Length == 0 ? null : proto.TimezoneName,
    };

    /// <summary>Converts to the wire message.</summary>
    internal Api.Schedule.V1.ScheduleSpec ToProto() => new()
    {
        StructuredCalendar = { Calendars.Select(c => c.ToProto()) },
        Interval = { Intervals.Select(i => i.ToProto()) },
        CronString = { CronExpressions },
        ExcludeStructuredCalendar = { Skip.Select(s => s.ToProto()) },
        StartTime = StartAt is { } start ? Timestamp.FromDateTime(start) : null,
        EndTime = EndAt is { } end ? Timestamp.FromDateTime(end) : null,
        Jitter = Jitter is { } jitter ? Duration.FromTimeSpan(jitter) : null,
        TimezoneName = TimeZoneName ?? string.Empty,
    };
}
