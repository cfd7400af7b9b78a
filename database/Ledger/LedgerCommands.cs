using Npgsql;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Builds the calls to the ledger's functions.</summary>
internal static class LedgerCommands
{
    /// <param name="transferId">Id of the new transfer.</param>
    /// <param name="kind">Why it is posted.</param>
    /// <param name="key">The step that posts.</param>
    /// <param name="description">For statements; at most 200 characters.</param>
    /// <param name="valueDate">Business date for the accounts.</param>
    /// <param name="asOf">Business instant, UTC.</param>
    /// <param name="legs">At least two; they sum to zero per currency.</param>
    /// <param name="locked">Whether the attempt's locks cover it.</param>
    public static NpgsqlBatchCommand Post(
        Guid transferId, TransferKind kind, StepKey key, string description, DateOnly valueDate, DateTimeOffset asOf,
        IReadOnlyList<Leg> legs, bool locked)
    {
        RequireBalanced(legs);
        return Sql.Command("SELECT settlement.ledger_post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            transferId,
            UpperSnake.Of(kind),
            key.SettlementId,
            key.Attempt,
            key.Step.Text,
            Text.Clip(description, 200)!,
            valueDate,
            asOf,
            legs.Select(leg => leg.AccountId).ToArray(),
            legs.Select(leg => leg.Amount.AmountMinor).ToArray(),
            legs.Select(leg => leg.Amount.Currency.Code).ToArray(),
            locked);
    }

    /// <summary>Opening balances: a transfer that belongs to no settlement. Only the owner of the schema may post one.</summary>
    public static NpgsqlBatchCommand Open(Guid transferId, string description, DateOnly valueDate, DateTimeOffset asOf, IReadOnlyList<Leg> legs)
    {
        RequireBalanced(legs);
        return Sql.Command("SELECT settlement.ledger_open($1, $2, $3, $4, $5, $6, $7)",
            transferId,
            Text.Clip(description, 200)!,
            valueDate,
            asOf,
            legs.Select(leg => leg.AccountId).ToArray(),
            legs.Select(leg => leg.Amount.AmountMinor).ToArray(),
            legs.Select(leg => leg.Amount.Currency.Code).ToArray());
    }

    private static void RequireBalanced(IReadOnlyList<Leg> legs)
    {
        foreach (var total in legs.GroupBy(leg => leg.Amount.Currency).Select(group => group.Aggregate(Money.Zero(group.Key), (sum, leg) => sum + leg.Amount)))
        {
            if (!total.IsZero)
                throw new ArgumentException($"The legs leave {total} over; a transfer sums to zero per currency.", nameof(legs));
        }
    }
}

/// <summary>An amount to be locked on an account, in the account's natural direction of spending.</summary>
public sealed record Hold(Guid AccountId, Money Amount);

/// <summary>All holds were placed, or none and why.</summary>
/// <param name="Refusal">Null if placed; else INSUFFICIENT_FUNDS, ACCOUNT_UNAVAILABLE or CURRENCY_MISMATCH.</param>
/// <param name="RefusedAccountId">Which account refused.</param>
public sealed record HoldOutcome(SettlementFailure? Refusal, Guid? RefusedAccountId)
{
    public bool IsHeld => Refusal is null;
}

/// <summary>One leg of a transfer, credit positive: a positive amount credits the account, a negative one debits it.</summary>
public sealed record Leg(Guid AccountId, Money Amount);
