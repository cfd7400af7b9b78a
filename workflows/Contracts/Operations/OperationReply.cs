using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>The answer to every action that is not about one open settlement.</summary>
public sealed record OperationReply
{
    /// <summary>What was acted on, for example <c>switch:transfers</c>, <c>case:…</c>.</summary>
    [JsonPropertyName("target")]
    public required string Target { get; init; }

    /// <summary>What happened, in words.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }

    /// <summary>The settlement that the action concerns or has made; null for the others.</summary>
    [JsonPropertyName("settlement_id")]
    public Guid? SettlementId { get; init; }

    /// <summary>Reason of a case that was acted on, in UPPER_SNAKE; null for other actions.</summary>
    [JsonPropertyName("case_reason")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CaseReason { get; init; }

    /// <summary>Reference of that settlement.</summary>
    [JsonPropertyName("reference")]
    public string? Reference { get; init; }
}
