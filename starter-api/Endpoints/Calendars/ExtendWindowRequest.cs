namespace Settlement.StarterApi.Endpoints.Calendars;

/// <summary>Body of POST /api/v1/windows/{rail}/{currency}/extensions.</summary>
public sealed record ExtendWindowRequest
{
    /// <summary>The day, local to the window's zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The new cut-off, local to the window's zone, HH:mm:ss.</summary>
    public required TimeOnly CutOff { get; init; }

    /// <summary>Why, for example the rail's announcement; ends up in the audit log.</summary>
    public required string Reason { get; init; }
}
