namespace Settlement.Database;

/// <summary>One published version of a settlement window. Append-only. Table <c>settlement_windows</c>.</summary>
public sealed class WindowVersion
{
    public required string Rail { get; set; }

    public required string Currency { get; set; }

    public int Version { get; set; }

    public required string CalendarCode { get; set; }

    public required string ZoneId { get; set; }

    public TimeOnly Opens { get; set; }

    public TimeOnly? CutOff { get; set; }

    public required string PublishedBy { get; set; }

    public DateTimeOffset PublishedAsOf { get; set; }
}
