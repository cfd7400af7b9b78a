namespace Settlement.Auditor.Ledger;

/// <summary>A payment that was recorded before the bank was called.</summary>
internal sealed record LedgerInstruction(Guid Uetr, Guid SettlementId, int Attempt, DateTimeOffset RecordedAsOf);
