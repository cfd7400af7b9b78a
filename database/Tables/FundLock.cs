using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>A pending transfer on one account: active, then posted, voided or expired exactly once. Table <c>fund_locks</c>.</summary>
[Table("fund_locks")]
[PrimaryKey(nameof(LockId))]
public sealed class FundLock
{
    public Guid LockId { get; set; }

    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public Guid AccountId { get; set; }

    public required string Currency { get; set; }

    public long AmountMinor { get; set; }

    public FundLockState State { get; set; }

    public DateTimeOffset PlacedAsOf { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? FrozenAsOf { get; set; }

    public DateTimeOffset? EndedAsOf { get; set; }

    public string? EndReason { get; set; }

    public Guid? TransferId { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}

/// <summary>A lock is active, then ends exactly once.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<FundLockState>))]
public enum FundLockState
{
    Active,
    Posted,
    Voided,
    Expired,
}
