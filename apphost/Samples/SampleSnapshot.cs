using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>A settlement as the API shows it at one moment.</summary>
internal sealed record SampleSnapshot(SettlementStatus Status, bool NeedsAttention, string? AttentionReason, string? Failure);
