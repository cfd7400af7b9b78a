namespace Settlement.StarterApi.Endpoints.Actions;

/// <summary>Body of POST /settlements/{id}/extend-deadline.</summary>
public sealed record ExtendDeadlineRequest
{
    /// <summary>Why; ends up in history and audit.</summary>
    public required string Reason { get; init; }

    /// <summary>The new end of the present wait, ISO 8601 with offset.</summary>
    public required DateTimeOffset Until { get; init; }
}
