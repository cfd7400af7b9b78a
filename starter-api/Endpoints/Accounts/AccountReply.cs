using Settlement.Database;
using Settlement.Domain;

namespace Settlement.StarterApi.Endpoints.Accounts;

/// <summary>An account with its balances in its natural sign, as decimal strings in major units.</summary>
public sealed record AccountReply
{
    /// <summary>The number people use.</summary>
    public required string AccountId { get; init; }

    public required string Kind { get; init; }
    public required string EntityId { get; init; }
    public required string Name { get; init; }
    public required string Status { get; init; }
    public required string Currency { get; init; }

    /// <summary>Nostro and vostro: which bank.</summary>
    public string? Bank { get; init; }

    /// <summary>Sum of its entries; with <c>as_of</c>, of those up to that value date.</summary>
    public required string Posted { get; init; }

    /// <summary>Sum of its active locks; absent with <c>as_of</c>.</summary>
    public string? Held { get; init; }

    /// <summary>Posted minus held; absent with <c>as_of</c>.</summary>
    public string? Available { get; init; }

    /// <summary>The value date that was asked for.</summary>
    public DateOnly? AsOf { get; init; }

    public static AccountReply Of(AccountBalance account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new AccountReply
        {
            AccountId = account.AccountNumber,
            Kind = UpperSnake.Lower(account.Kind),
            EntityId = account.EntityId,
            Name = account.Name,
            Status = UpperSnake.Lower(account.Status),
            Currency = account.Posted.Currency.Code,
            Bank = account.BankId,
            Posted = account.Posted.ToDecimalString(),
            Held = account.Held.ToDecimalString(),
            Available = account.Available.ToDecimalString(),
        };
    }

    /// <summary>The posted balance at the end of a value date; locks have no past.</summary>
    public static AccountReply AtDate(AccountBalance account, DateOnly date, long postedMinor) => Of(account) with
    {
        Posted = new Money(postedMinor, account.Posted.Currency).ToDecimalString(),
        Held = null,
        Available = null,
        AsOf = date,
    };
}
