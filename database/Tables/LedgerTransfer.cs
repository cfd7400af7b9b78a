namespace Settlement.Database;

/// <summary>A posted transfer; its entries sum to zero per currency. Append-only. Table <c>ledger_transfers</c>.</summary>
public sealed class LedgerTransfer
{
    public Guid TransferId { get; set; }

    public TransferKind Kind { get; set; }

    public Guid? SettlementId { get; set; }

    public int? Attempt { get; set; }

    public string? Step { get; set; }

    public required string Description { get; set; }

    public DateOnly ValueDate { get; set; }

    public DateTimeOffset AsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
