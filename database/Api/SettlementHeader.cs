using Settlement.Domain;

namespace Settlement.Database.Api;

/// <summary>What the API must know of a settlement before it lets anyone act on it.</summary>
/// <param name="SettlementId">Key of the row.</param>
/// <param name="Reference">Name of the workflow, without its prefix.</param>
/// <param name="EntityId">Owner.</param>
/// <param name="Status">As last committed; it may move at any moment, so nothing is decided by it but the wording of an answer.</param>
/// <param name="StartedBy">Who asked for it, and therefore never approves it.</param>
public sealed record SettlementHeader(Guid SettlementId, string Reference, string EntityId, SettlementStatus Status, string StartedBy);
