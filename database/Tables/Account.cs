namespace Settlement.Database;

/// <summary>A ledger account and its balances, shown in its natural sign; minor units. Table <c>accounts</c>.</summary>
public sealed class Account
{
    public Guid AccountId { get; set; }

    public required string AccountNumber { get; set; }

    public AccountKind Kind { get; set; }

    public NormalSide NormalSide { get; set; }

    public required string EntityId { get; set; }

    public required string Name { get; set; }

    public required string Currency { get; set; }

    public AccountStatus Status { get; set; }

    public long PostedMinor { get; set; }

    public long HeldMinor { get; set; }

    public long? FloorMinor { get; set; }

    public DateTimeOffset OpenedAsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
