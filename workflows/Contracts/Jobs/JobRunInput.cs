using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>One run of a job.</summary>
public sealed record JobRunInput
{
    /// <summary>One of <see cref="JobNames.All"/>.</summary>
    [JsonPropertyName("job")]
    public required string Job { get; init; }

    /// <summary>The scheduled instant that the run is for.</summary>
    [JsonPropertyName("slot")]
    public required DateTimeOffset Slot { get; init; }

    /// <summary>The workflow's run id: who claims the slot.</summary>
    [JsonPropertyName("runner")]
    public required string Runner { get; init; }

    /// <summary>Business time.</summary>
    [JsonPropertyName("as_of")]
    public required DateTimeOffset AsOf { get; init; }
}
