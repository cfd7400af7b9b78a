using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Brings the records of an archived settlement back.</summary>
public sealed record RestoreAction : OperatorAction
{
    /// <summary>The archived settlement.</summary>
    [JsonPropertyName("settlement_id")]
    public Guid SettlementId { get; init; }
}
