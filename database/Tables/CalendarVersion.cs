using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Settlement.Database;

/// <summary>One published version of a business calendar. Append-only. Table <c>calendars</c>.</summary>
[Table("calendars")]
[PrimaryKey(nameof(Code), nameof(Version))]
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

/// <summary>One published version of a settlement window. Append-only. Table <c>settlement_windows</c>.</summary>
[Table("settlement_windows")]
[PrimaryKey(nameof(Rail), nameof(Currency), nameof(Version))]
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

/// <summary>A cut-off moved for one day. Append-only; the latest holds. Table <c>settlement_window_extensions</c>.</summary>
[Table("settlement_window_extensions")]
[PrimaryKey(nameof(ExtensionId))]
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
