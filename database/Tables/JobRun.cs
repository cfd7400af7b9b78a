using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>One run of a scheduled job per slot. Table <c>job_runs</c>.</summary>
[Table("job_runs")]
[PrimaryKey(nameof(Job), nameof(Slot))]
public sealed class JobRun
{
    public required string Job { get; set; }

    public DateTimeOffset Slot { get; set; }

    public JobRunState State { get; set; }

    public required string Runner { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset StartedAsOf { get; set; }

    public DateTimeOffset? EndedAsOf { get; set; }

    [Column(TypeName = "jsonb")]
    public string? Detail { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

/// <summary>How a run ended.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<JobRunState>))]
public enum JobRunState
{
    Running,
    Succeeded,
    Failed,
    /// <summary>Its time passed and nobody ran it.</summary>
    Missed,
    /// <summary>A kill switch was on.</summary>
    Skipped,
}
