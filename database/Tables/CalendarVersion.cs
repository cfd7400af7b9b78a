namespace Settlement.Database;

/// <summary>One published version of a business calendar. Append-only. Table <c>calendars</c>.</summary>
public sealed class CalendarVersion
{
    public required string Code { get; set; }

    public int Version { get; set; }

    public DateOnly ValidFrom { get; set; }

    public DateOnly ValidTo { get; set; }

    public required int[] Weekend { get; set; }

    public required DateOnly[] Holidays { get; set; }

    public required string PublishedBy { get; set; }

    public DateTimeOffset PublishedAsOf { get; set; }
}
