namespace Settlement.StarterApi.Endpoints.Calendars;

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
