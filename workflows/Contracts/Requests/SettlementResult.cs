using System.Text.Json.Serialization;
using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>What the workflow returns at its end. The state is always terminal: SETTLED, FAILED or CANCELLED.</summary>
public sealed record SettlementResult
{
    [JsonPropertyName("settlement_id")]
    public required Guid SettlementId { get; init; }

    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    [JsonPropertyName("status")]
    public required SettlementStatus Status { get; init; }

    /// <summary>How many attempts were made; 1 is the first.</summary>
    [JsonPropertyName("attempts")]
    public required int Attempts { get; init; }

    /// <summary>Why it did not settle, else null.</summary>
    [JsonPropertyName("failure")]
    public SettlementFailure? Failure { get; init; }

    /// <summary>The reason in words, without personal data.</summary>
    [JsonPropertyName("detail")]
    public string? Detail { get; init; }
}
