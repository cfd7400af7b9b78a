namespace Temporalio.Client.Schedules;

/// <summary>
/// Times by calendar. A time matches if each field has a range with its value; only the year matches without any range.
/// </summary>
public record ScheduleCalendarSpec
{
    /// <summary>Zero alone, the default of second, minute and hour.</summary>
    public static readonly IReadOnlyCollection<ScheduleRange> Beginning = [ScheduleRange.Zero];

    /// <summary>Every day of a month.</summary>
    public static readonly IReadOnlyCollection<ScheduleRange> AllMonthDays = [new(1, 31)];

    /// <summary>Every month.</summary>
    public static readonly IReadOnlyCollection<ScheduleRange> AllMonths = [new(1, 12)];

    /// <summary>Every day of a week.</summary>
    public static readonly IReadOnlyCollection<ScheduleRange> AllWeekDays = [new(0, 6)];

    /// <summary>Seconds, 0 to 59.</summary>
    public IReadOnlyCollection<ScheduleRange> Second { get; init; } = Beginning;

    /// <summary>Minutes, 0 to 59.</summary>
    public IReadOnlyCollection<ScheduleRange> Minute { get; init; } = Beginning;

    /// <summary>Hours, 0 to 23.</summary>
    public IReadOnlyCollection<ScheduleRange> Hour { get; init; } = Beginning;

    /// <summary>Days of the month, 1 to 31. Default all.</summary>
    public IReadOnlyCollection<ScheduleRange> DayOfMonth { get; init; } = AllMonthDays;

    /// <summary>Months, 1 to 12. Default all.</summary>
    public IReadOnlyCollection<ScheduleRange> Month { get; init; } = AllMonths;

    /// <summary>Years. Default empty, which means all.</summary>
    public IReadOnlyCollection<ScheduleRange> Year { get; init; } = [];

    /// <summary>Days of the week, 0 (Sunday) to 6. Default all.</summary>
    public IReadOnlyCollection<ScheduleRange> DayOfWeek { get; init; } = AllWeekDays;

    /// <summary>What it means, for readers.</summary>
    public string? Comment { get; init; }

    /// <summary>Converts from the wire message.</summary>
    internal static ScheduleCalendarSpec FromProto(Api.Schedule.V1.StructuredCalendarSpec proto) => new()
    {
        Second = ScheduleRange.FromProtos(proto.Second),
        Minute = ScheduleRange.FromProtos(proto.Minute),
        Hour = ScheduleRange.FromProtos(proto.Hour),
        DayOfMonth = ScheduleRange.FromProtos(proto.DayOfMonth),
        Month = ScheduleRange.FromProtos(proto.Month),
        Year = ScheduleRange.FromProtos(proto.Year),
        DayOfWeek = ScheduleRange.FromProtos(proto.DayOfWeek),
        Comment = proto.Comment.Length == 0 ? null : proto.Comment,
    };

    /// <summary>Converts to the wire message.</summary>
    internal Api.Schedule.V1.StructuredCalendarSpec ToProto() => new()
    {
        Second = { ScheduleRange.ToProtos(Second) },
        Minute = { ScheduleRange.ToProtos(Minute) },
        Hour = { ScheduleRange.ToProtos(Hour) },
        DayOfMonth = { ScheduleRange.ToProtos(DayOfMonth) },
        Month = { ScheduleRange.ToProtos(Month) },
        Year = { ScheduleRange.ToProtos(Year) },
        DayOfWeek = { ScheduleRange.ToProtos(DayOfWeek) },
        Comment = Comment ?? string.Empty,
    };
}
