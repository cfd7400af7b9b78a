namespace Settlement.Workflows.Contracts;

/// <summary>The schedule as it is now.</summary>
public sealed record ScheduleChange
{
    /// <summary>False: it is what it was.</summary>
    public required bool Changed { get; init; }

    /// <summary>When the instruction may go out; null or past: at once.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Cut-off on the due date.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? OverdueAt { get; init; }

    public DateTimeOffset? CriticalAt { get; init; }
}
