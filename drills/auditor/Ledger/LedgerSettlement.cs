namespace Settlement.Auditor.Ledger;

/// <summary>A settlement as stored.</summary>
internal sealed record LedgerSettlement(
    Guid Id,
    string Reference,
    string Status,
    string DebtorAccount,
    string CreditorAccount,
    string Currency,
    long AmountMinor,
    long FeeMinor,
    DateTimeOffset? OpensAt,
    Guid? ReturnsSettlementId)
{
    /// <summary>Nothing more will happen to it.</summary>
    public bool HasEnded => Status is "SETTLED" or "FAILED" or "CANCELLED";

    public bool IsReturn => ReturnsSettlementId is not null;
}
