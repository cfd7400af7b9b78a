using Settlement.Domain;

namespace Settlement.Database;

/// <summary>An account with its balances in its natural sign.</summary>
/// <param name="AccountId">Its id.</param>
/// <param name="AccountNumber">Its number.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="EntityId">Whose it is.</param>
/// <param name="Name">As shown to people.</param>
/// <param name="Status">Whether it can be used.</param>
/// <param name="Posted">Sum of its entries.</param>
/// <param name="Held">Sum of its active locks.</param>
/// <param name="BankId">Nostro and vostro: which bank.</param>
public sealed record AccountBalance(
    Guid AccountId, string AccountNumber, AccountKind Kind, string EntityId, string Name, AccountStatus Status, Money Posted, Money Held, string? BankId)
{
    /// <summary>Posted minus held.</summary>
    public Money Available => Posted - Held;
}
