using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>GET /api/v1/windows.</summary>
public static class ListWindows
{
    public static async Task<Ok<ListReply<WindowReply>>> HandleAsync(ReferenceDataCache reference, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow();
        var windows = (await reference.GetAsync(cancel)).Windows
            .OrderBy(one => one.Rail, StringComparer.Ordinal).ThenBy(one => one.Currency.Code, StringComparer.Ordinal)
            .Select(one => Of(one, BusinessZone.LocalDate(BusinessZone.Of(one.ZoneId), now)));
        return TypedResults.Ok(new ListReply<WindowReply>([.. windows]));
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
