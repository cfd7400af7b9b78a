using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Narrows a list of cases; null does not.</summary>
public sealed record CaseFilter(CaseState? State = null, AttentionReason? Reason = null, string? Owner = null, Guid? SettlementId = null);
