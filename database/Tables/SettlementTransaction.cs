using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>One settlement: terms (immutable), state, schedule and attention. Table <c>settlement_transactions</c>.</summary>
[Table("settlement_transactions")]
[PrimaryKey(nameof(SettlementId))]
public sealed class SettlementTransaction
{
    public Guid SettlementId { get; set; }

    public required string Reference { get; set; }

    public SettlementKind Kind { get; set; }

    public SettlementStatus Status { get; set; }

    public int Attempt { get; set; }

    public required string EntityId { get; set; }

    public required string DebtorAccount { get; set; }

    public required string Currency { get; set; }

    public long AmountMinor { get; set; }

    public long FeeMinor { get; set; }

    [Column(TypeName = "numeric(28,8)")]
    public decimal? Quantity { get; set; }

    [Column(TypeName = "numeric(28,8)")]
    public decimal? Price { get; set; }

    public string? Instrument { get; set; }

    public string? TradeId { get; set; }

    public required string BankId { get; set; }

    public required string Rail { get; set; }

    public required string[] CalendarCodes { get; set; }

    public required string CreditorName { get; set; }

    public required string CreditorAccount { get; set; }

    public string? CreditorBic { get; set; }

    public string? CreditorCountry { get; set; }

    public string? Remittance { get; set; }

    public DateOnly? StatedTradeDate { get; set; }

    public DateOnly? StatedValueDate { get; set; }

    public Guid? ReturnsSettlementId { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAsOf { get; set; }

    [Column(TypeName = "jsonb")]
    public required string WorkflowInput { get; set; }

    public DateOnly? TradeDate { get; set; }

    public DateOnly? ValueDate { get; set; }

    public DateTimeOffset? OpensAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? WarningAt { get; set; }

    public DateTimeOffset? CriticalAt { get; set; }

    public int? CalendarVersion { get; set; }

    public int? WindowVersion { get; set; }

    public bool NeedsAttention { get; set; }

    public Domain.AttentionReason? AttentionReason { get; set; }

    public string? AttentionOwner { get; set; }

    public DateTimeOffset? AttentionSince { get; set; }

    public SettlementFailure? Failure { get; set; }

    public string? FailureMessage { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    public required string ChangedBy { get; set; }

    public ActorSource ChangedSource { get; set; }

    public required string ChangedReason { get; set; }

    public DateTimeOffset ChangedAsOf { get; set; }

    public required string ChangedStep { get; set; }

    public DateTimeOffset StatusSince { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Since when its history, steps and audit rows stand in the archive; null: they are here.</summary>
    public DateTimeOffset? ArchivedAsOf { get; set; }
}
