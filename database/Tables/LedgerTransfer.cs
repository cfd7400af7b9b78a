using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>A posted transfer; its entries sum to zero per currency. Append-only. Table <c>ledger_transfers</c>.</summary>
[Table("ledger_transfers")]
[PrimaryKey(nameof(TransferId))]
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

/// <summary>Why a transfer was posted.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<TransferKind>))]
public enum TransferKind
{
    Opening,
    Settlement,
    Suspense,
    Return,
    Correction,
}

/// <summary>One leg of a transfer, credit positive; minor units. Append-only. Table <c>ledger_entries</c>.</summary>
[Table("ledger_entries")]
[PrimaryKey(nameof(EntryId))]
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
