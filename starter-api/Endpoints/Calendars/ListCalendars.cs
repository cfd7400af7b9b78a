using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;

namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>GET /api/v1/calendars.</summary>
public static class ListCalendars
{
    public static async Task<Ok<ListReply<CalendarReply>>> HandleAsync(ReferenceDataCache reference, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(clock);
        var year = clock.GetUtcNow().Year;
        var calendars = (await reference.GetAsync(cancel)).Calendars.OrderBy(one => one.Code, StringComparer.Ordinal).Select(one => new CalendarReply
        {
            Code = one.Code,
            Version = one.Version,
            ValidFrom = one.ValidFrom,
            ValidTo = one.ValidTo,
            Weekend = [.. one.Weekend.Order().Select(day => day.ToString().ToLowerInvariant())],
            Holidays = [.. one.Holidays.Where(day => day.Year == year || day.Year == year + 1).Order()],
        });
        return TypedResults.Ok(new ListReply<CalendarReply>([.. calendars]));
    }
}
