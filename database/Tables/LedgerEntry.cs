namespace Settlement.Database;

/// <summary>One leg of a transfer, credit positive; minor units. Append-only. Table <c>ledger_entries</c>.</summary>
public sealed class LedgerEntry
{
    public long EntryId { get; set; }

    public Guid TransferId { get; set; }

    public Guid AccountId { get; set; }

    public required string Currency { get; set; }

    public long AmountMinor { get; set; }

    public long BalanceAfterMinor { get; set; }

    public DateOnly ValueDate { get; set; }

    public DateTimeOffset AsOf { get; set; }
}
