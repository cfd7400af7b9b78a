using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Which job a workflow is to run.</summary>
public sealed record JobRequest
{
    /// <summary>One of <see cref="JobNames.All"/>.</summary>
    [JsonPropertyName("job")]
    public required string Job { get; init; }
}
