namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>Body of POST /api/v1/windows/{rail}/{currency}/versions.</summary>
public sealed record PublishWindowRequest
{
    /// <summary>Code of the rail's business calendar.</summary>
    public required string Calendar { get; init; }

    /// <summary>IANA zone of the two times.</summary>
    public required string Zone { get; init; }

    /// <summary>Local time, HH:mm:ss.</summary>
    public required TimeOnly Opens { get; init; }

    /// <summary>Local time, HH:mm:ss; left out: the end of the day.</summary>
    public TimeOnly? CutOff { get; init; }

    /// <summary>Why; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}
