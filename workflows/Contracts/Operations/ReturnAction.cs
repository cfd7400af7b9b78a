using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Asks for a settled payment back, in full. The return is a settlement of its own, and a second person approves it.</summary>
public sealed record ReturnAction : OperatorAction
{
    /// <summary>The settled payment.</summary>
    [JsonPropertyName("settlement_id")]
    public Guid SettlementId { get; init; }
}
