namespace Settlement.Auditor.Ledger;

/// <summary>A posted transfer and whose it is.</summary>
internal sealed record LedgerTransfer(Guid Id, string Kind, Guid? SettlementId);
