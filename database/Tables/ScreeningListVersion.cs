namespace Settlement.Database;

/// <summary>One published version of the compliance list. Append-only. Table <c>screening_lists</c>.</summary>
public sealed class ScreeningListVersion
{
    public long Version { get; set; }

    public required string[] Names { get; set; }

    public required string[] Bics { get; set; }

    public required string[] Countries { get; set; }

    public required string Source { get; set; }

    public DateTimeOffset PublishedAsOf { get; set; }
}
