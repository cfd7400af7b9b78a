using System.Globalization;

namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>GET /api/v1/windows.</summary>
public static class ListWindows
{
    public static async Task<Ok<ListReply<WindowReply>>> HandleAsync(ReferenceDataCache reference, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var windows = (await reference.GetAsync(cancel)).Windows
            .OrderBy(one => one.Rail, StringComparer.Ordinal).ThenBy(one => one.Currency.Code, StringComparer.Ordinal);
        return Replies.All(windows, one => Of(one, BusinessZone.LocalDate(BusinessZone.Of(one.ZoneId), now)));
    }

    private static WindowReply Of(SettlementWindow window, DateOnly today) => new()
    {
        Rail = window.Rail,
        Currency = window.Currency.Code,
        Version = window.Version,
        Calendar = window.CalendarCode,
        Zone = window.ZoneId,
        Opens = window.Opens,
        CutOff = window.CutOff,
        Extensions = window.Extensions.Where(one => one.Key >= today)
            .ToDictionary(one => one.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), one => one.Value),
    };
}

/// <summary>The newest version of a settlement window.</summary>
public sealed record WindowReply
{
    public required string Rail { get; init; }
    public required string Currency { get; init; }
    public required int Version { get; init; }
    public required string Calendar { get; init; }

    /// <summary>IANA zone of the times.</summary>
    public required string Zone { get; init; }

    public required TimeOnly Opens { get; init; }

    /// <summary>Null: the end of the day.</summary>
    public TimeOnly? CutOff { get; init; }

    /// <summary>Moved cut-offs from today on.</summary>
    public required IReadOnlyDictionary<string, TimeOnly> Extensions { get; init; }
}
