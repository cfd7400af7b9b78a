using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Database;

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
