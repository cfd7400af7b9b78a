namespace Settlement.Database;

/// <summary>A cut-off moved for one day. Append-only; the latest holds. Table <c>settlement_window_extensions</c>.</summary>
public sealed class WindowExtension
{
    public long ExtensionId { get; set; }

    public required string Rail { get; set; }

    public required string Currency { get; set; }

    public DateOnly Date { get; set; }

    public TimeOnly CutOff { get; set; }

    public required string PublishedBy { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset PublishedAsOf { get; set; }
}
