using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>When an operator actions.</summary>
public sealed record SampleCondition
{
    public required SettlementStatus Status { get; init; }

    /// <summary>Null: either.</summary>
    public bool? NeedsAttention { get; init; }

    /// <summary>UPPER_SNAKE of an attention reason; null: any.</summary>
    public string? AttentionReason { get; init; }

    /// <summary>How long the condition must have held, in seconds.</summary>
    public double AfterSeconds { get; init; }
}
