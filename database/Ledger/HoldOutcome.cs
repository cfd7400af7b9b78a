using Settlement.Domain;

namespace Settlement.Database;

/// <summary>All holds were placed, or none and why.</summary>
/// <param name="Refusal">Null if placed; else INSUFFICIENT_FUNDS, ACCOUNT_UNAVAILABLE or CURRENCY_MISMATCH.</param>
/// <param name="RefusedAccountId">Which account refused.</param>
public sealed record HoldOutcome(SettlementFailure? Refusal, Guid? RefusedAccountId)
{
    public bool IsHeld => Refusal is null;
}
