using Settlement.Database;

namespace Settlement.StarterApi.Endpoints.Accounts;

/// <summary>One ledger entry of an account. Credit is positive; the balance is in the account's natural sign.</summary>
public sealed record EntryReply
{
    public required Guid TransferId { get; init; }
    public required string Amount { get; init; }
    public required string Currency { get; init; }
    public required string BalanceAfter { get; init; }
    public required DateOnly ValueDate { get; init; }
    public required DateTimeOffset At { get; init; }

    public static EntryReply Of(LedgerEntry row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new EntryReply
        {
            TransferId = row.TransferId,
            Amount = MoneyText.Of(row.AmountMinor, row.Currency),
            Currency = row.Currency,
            BalanceAfter = MoneyText.Of(row.BalanceAfterMinor, row.Currency),
            ValueDate = row.ValueDate,
            At = row.AsOf,
        };
    }
}
