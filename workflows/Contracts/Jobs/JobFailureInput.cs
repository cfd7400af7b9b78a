using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>A run that did not succeed in any of its attempts.</summary>
public sealed record JobFailureInput
{
    [JsonPropertyName("run")]
    public required JobRunInput Run { get; init; }

    /// <summary>What the last attempt said.</summary>
    [JsonPropertyName("error")]
    public required string Error { get; init; }
}
