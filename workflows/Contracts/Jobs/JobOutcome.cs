using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>How a run of a job ended; also kept as the detail of its slot in the run ledger.</summary>
public sealed record JobOutcome
{
    /// <summary><c>done</c>, <c>not_ours</c> (another run has the slot) or <c>skipped</c> (a kill switch is on).</summary>
    [JsonPropertyName("result")]
    public required string Result { get; init; }

    /// <summary>How many things it changed.</summary>
    [JsonPropertyName("changed")]
    public int Changed { get; init; }

    /// <summary>What a person should look at, one line each; at most 50 of them.</summary>
    [JsonPropertyName("findings")]
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>How many findings there were, listed or not.</summary>
    [JsonPropertyName("finding_count")]
    public int FindingCount { get; init; }
}
