namespace Settlement.Auditor.Ledger;

/// <summary>The ledger's side, row by row as it lies in the database.</summary>
internal sealed record LedgerRecords(
    IReadOnlyDictionary<Guid, LedgerAccount> Accounts,
    IReadOnlyList<LedgerEntry> Entries,
    IReadOnlyDictionary<Guid, LedgerTransfer> Transfers,
    IReadOnlyList<LedgerLock> Locks,
    IReadOnlyList<LedgerSettlement> Settlements,
    IReadOnlyList<LedgerInstruction> Instructions);
