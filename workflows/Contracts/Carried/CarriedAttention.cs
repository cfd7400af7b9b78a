using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>A reason for which a person is needed, and whether the database has it.</summary>
public sealed record CarriedAttention(AttentionReason Reason, bool Recorded);
