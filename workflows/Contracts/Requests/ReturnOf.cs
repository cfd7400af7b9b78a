using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>What a return brings back (pacs.004).</summary>
public sealed record ReturnOf
{
    /// <summary>The settled payment.</summary>
    [JsonPropertyName("settlement_id")]
    public required Guid SettlementId { get; init; }

    /// <summary>Its reference.</summary>
    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    /// <summary>UETR of its executed instruction: a return refers to the original.</summary>
    [JsonPropertyName("uetr")]
    public required string Uetr { get; init; }

    /// <summary>The bank's message that says the money has come back unasked; null: we ask for it.</summary>
    [JsonPropertyName("message_id")]
    public string? MessageId { get; init; }
}
