using Settlement.Domain;

namespace Settlement.Database;

/// <summary>What a list of settlements is narrowed to; null: not narrowed.</summary>
public sealed record SettlementFilter
{
    public IReadOnlyCollection<SettlementStatus>? Statuses { get; init; }

    /// <summary>Number of the debtor account.</summary>
    public string? AccountNumber { get; init; }

    public string? EntityId { get; init; }

    public string? Currency { get; init; }

    public SettlementKind? Kind { get; init; }

    public bool? NeedsAttention { get; init; }

    /// <summary>Created at or after, business time.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created before, business time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Only those not in SETTLED, FAILED or CANCELLED.</summary>
    public bool OpenOnly { get; init; }
}
