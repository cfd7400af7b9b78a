namespace Settlement.Auditor.Ledger;

/// <summary>One leg of a transfer, in the order of booking.</summary>
internal sealed record LedgerEntry(long Id, Guid TransferId, Guid AccountId, string Currency, long AmountMinor, long BalanceAfterMinor);
