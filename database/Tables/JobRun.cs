namespace Settlement.Database;

/// <summary>One run of a scheduled job per slot. Table <c>job_runs</c>.</summary>
public sealed class JobRun
{
    public required string Job { get; set; }

    public DateTimeOffset Slot { get; set; }

    public JobRunState State { get; set; }

    public required string Runner { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset StartedAsOf { get; set; }

    public DateTimeOffset? EndedAsOf { get; set; }

    public string? Detail { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
