using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Gives an open settlement whose workflow was ended its workflow back.</summary>
public sealed record ReviveAction : OperatorAction
{
    /// <summary>The open settlement.</summary>
    [JsonPropertyName("settlement_id")]
    public Guid SettlementId { get; init; }
}
