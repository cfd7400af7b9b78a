namespace Settlement.Database;

/// <summary>A settlement whose records stand in the archive.</summary>
/// <param name="SettlementId">Which.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="ArchiveNumber">Its link in the archive's chain.</param>
public sealed record ArchivedSettlement(Guid SettlementId, string Reference, long ArchiveNumber);
