namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>GET /api/v1/calendars.</summary>
public static class ListCalendars
{
    public static async Task<Ok<ListReply<CalendarReply>>> HandleAsync(ReferenceDataCache reference, TimeProvider clock, CancellationToken cancel)
    {
        var year = clock.GetUtcNow().Year;
        var calendars = (await reference.GetAsync(cancel)).Calendars.OrderBy(one => one.Code, StringComparer.Ordinal);
        return Replies.All(calendars, one => new CalendarReply
        {
            Code = one.Code,
            Version = one.Version,
            ValidFrom = one.ValidFrom,
            ValidTo = one.ValidTo,
            Weekend = [.. one.Weekend.Order().Select(day => day.ToString().ToLowerInvariant())],
            Holidays = [.. one.Holidays.Where(day => day.Year == year || day.Year == year + 1).Order()],
        });
    }
}

/// <summary>The newest version of a business calendar.</summary>
public sealed record CalendarReply
{
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public required DateOnly ValidTo { get; init; }

    /// <summary>Weekdays in lower case, for example <c>friday</c>.</summary>
    public required IReadOnlyList<string> Weekend { get; init; }

    /// <summary>Holidays of this year and the next, in order.</summary>
    public required IReadOnlyList<DateOnly> Holidays { get; init; }
}
