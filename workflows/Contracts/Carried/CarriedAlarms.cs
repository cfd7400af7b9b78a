namespace Settlement.Workflows.Contracts;

/// <summary>What has been raised and not cleared.</summary>
public sealed record CarriedAlarms
{
    public IReadOnlyList<CarriedAttention> Attention { get; init; } = [];

    public IReadOnlyList<EscalationLevel> Escalated { get; init; } = [];

    public DateTimeOffset? StuckReportedFor { get; init; }
}
