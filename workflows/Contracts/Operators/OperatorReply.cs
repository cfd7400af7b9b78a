using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>The answer to every update.</summary>
public sealed record OperatorReply
{
    [JsonPropertyName("settlement_id")]
    public required Guid SettlementId { get; init; }

    /// <summary>State after the action, in lower_snake, for example <c>awaiting_retry</c>.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>How many attempts followed the first.</summary>
    [JsonPropertyName("retry_count")]
    public required int RetryCount { get; init; }

    /// <summary>What happens next, in words.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }
}
