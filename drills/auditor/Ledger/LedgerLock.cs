namespace Settlement.Auditor.Ledger;

/// <summary>A pending transfer's hold on one account.</summary>
internal sealed record LedgerLock(Guid SettlementId, Guid AccountId, long AmountMinor, string State);
