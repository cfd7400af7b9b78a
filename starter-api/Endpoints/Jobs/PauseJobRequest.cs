namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>Body of PUT /api/v1/jobs/{job}.</summary>
public sealed record PauseJobRequest
{
    /// <summary>True pauses, false lets it go on.</summary>
    public required bool Paused { get; init; }

    /// <summary>Why; ends up in the audit log and in the schedule's note.</summary>
    public required string Reason { get; init; }
}
