using Temporalio.Common;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// The typed search attributes of every settlement. They hold no personal data: ids, states and dates only. The worker
/// registers them at start; a stuck settlement is found by <c>NeedsAttention = true</c>.
/// </summary>
public static class SettlementSearchAttributes
{
    /// <summary>State in UPPER_SNAKE, for example <c>FUNDS_LOCKED</c>.</summary>
    public static readonly SearchAttributeKey<string> SettlementStatus = SearchAttributeKey.CreateKeyword("SettlementStatus");

    /// <summary><c>CASH</c>, <c>PURCHASE</c> or <c>DVP</c>.</summary>
    public static readonly SearchAttributeKey<string> SettlementKind = SearchAttributeKey.CreateKeyword("SettlementKind");

    /// <summary>The entity that owns the settlement.</summary>
    public static readonly SearchAttributeKey<string> EntityId = SearchAttributeKey.CreateKeyword("EntityId");

    /// <summary>ISO 4217 code.</summary>
    public static readonly SearchAttributeKey<string> Currency = SearchAttributeKey.CreateKeyword("Currency");

    /// <summary>Why a person is needed, in UPPER_SNAKE; absent while nobody is.</summary>
    public static readonly SearchAttributeKey<string> AttentionReason = SearchAttributeKey.CreateKeyword("AttentionReason");

    /// <summary>The instant of the due date's cut-off.</summary>
    public static readonly SearchAttributeKey<DateTimeOffset> DueDate = SearchAttributeKey.CreateDateTimeOffset("DueDate");

    /// <summary>Whether a person is needed.</summary>
    public static readonly SearchAttributeKey<bool> NeedsAttention = SearchAttributeKey.CreateBool("NeedsAttention");

    /// <summary>All of them, in the order in which they are documented.</summary>
    public static IReadOnlyList<SearchAttributeKey> All { get; } =
        [SettlementStatus, SettlementKind, EntityId, Currency, AttentionReason, DueDate, NeedsAttention];
}
