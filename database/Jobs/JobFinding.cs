namespace Settlement.Database;

/// <summary>Something that a watching job found and that should not be.</summary>
/// <param name="SettlementId">Whose.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="Rule">Which rule is broken, a short name such as <c>retry</c> or <c>due</c>.</param>
/// <param name="Since">When it should have happened at the latest, business time.</param>
/// <param name="Detail">One sentence.</param>
public sealed record JobFinding(Guid SettlementId, string Reference, string Rule, DateTimeOffset Since, string Detail);
