namespace Settlement.StarterApi.Endpoints.Calendars;

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
