namespace Settlement.Database;

/// <summary>Limits of an entity and currency; * stands for any. Table <c>settlement_limits</c>.</summary>
public sealed class LimitSetting
{
    public required string EntityId { get; set; }

    public required string Currency { get; set; }

    public long? MaxAmountMinor { get; set; }

    public long? ApprovalAboveMinor { get; set; }

    public int ApprovalBackdatedDays { get; set; }

    public int MaxBackdatedDays { get; set; }

    public int MaxForwardDays { get; set; }

    public required string ChangedBy { get; set; }

    public DateTimeOffset ChangedAsOf { get; set; }
}
