using System.Text.Json.Serialization;

namespace Settlement.Workflows.Contracts;

/// <summary>Answer of the query <c>Status</c>: where the settlement stands and what it waits for.</summary>
public sealed record SettlementView
{
    [JsonPropertyName("settlement_id")]
    public required Guid SettlementId { get; init; }

    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    /// <summary>State in lower_snake.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>When it entered that state.</summary>
    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    /// <summary>1 for the first attempt.</summary>
    [JsonPropertyName("attempt")]
    public required int Attempt { get; init; }

    [JsonPropertyName("retry_count")]
    public required int RetryCount { get; init; }

    [JsonPropertyName("needs_attention")]
    public required bool NeedsAttention { get; init; }

    /// <summary>In lower_snake, null while nobody is needed.</summary>
    [JsonPropertyName("attention_reason")]
    public string? AttentionReason { get; init; }

    [JsonPropertyName("paused")]
    public bool Paused { get; init; }

    /// <summary>What it waits for, in words; null while a step runs.</summary>
    [JsonPropertyName("waiting_for")]
    public string? WaitingFor { get; init; }

    /// <summary>When the present wait ends by itself.</summary>
    [JsonPropertyName("deadline")]
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The due date's cut-off.</summary>
    [JsonPropertyName("due_at")]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>UETR of the present attempt's instruction.</summary>
    [JsonPropertyName("uetr")]
    public string? Uetr { get; init; }

    /// <summary>How many runs of the workflow came before this one (continue-as-new in long waits).</summary>
    [JsonPropertyName("runs")]
    public int Runs { get; init; }

    /// <summary>Updates that would be accepted now.</summary>
    [JsonPropertyName("allowed_actions")]
    public IReadOnlyList<string> AllowedActions { get; init; } = [];
}

/// <summary>One line of the query <c>Steps</c>: a step of the process, an operator's action or a bank's message.</summary>
public sealed record StepView
{
    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("attempt")]
    public required int Attempt { get; init; }

    /// <summary>For example <c>lock</c>, <c>operator:retry</c> or <c>bank:settled</c>.</summary>
    [JsonPropertyName("step")]
    public required string Step { get; init; }

    /// <summary>How it went, in words, without personal data.</summary>
    [JsonPropertyName("outcome")]
    public required string Outcome { get; init; }
}
