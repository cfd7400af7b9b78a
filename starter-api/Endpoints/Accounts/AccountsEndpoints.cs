namespace Settlement.StarterApi.Endpoints.Accounts;

/// <summary>Accounts and their entries, read only.</summary>
public static class AccountsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/accounts").RequireAuthorization(Policies.Read).WithTags("accounts");
        group.MapGet("/nostro", ListAccounts.NostroAsync).WithName("list-nostro").WithSummary("Our accounts at other banks");
        group.MapGet("/vostro", ListAccounts.VostroAsync).WithName("list-vostro").WithSummary("Other banks' accounts with us");
        group.MapGet("/{id}", GetAccount.HandleAsync).WithName("get-account").WithSummary("One account, now or at the end of a value date");
        group.MapGet("/{id}/entries", GetEntries.HandleAsync).WithName("get-entries").WithSummary("Its ledger entries, newest first");
    }
}

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

    public static AccountReply Of(AccountBalance account) => new()
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

    /// <summary>The posted balance at the end of a value date; locks have no past.</summary>
    public static AccountReply AtDate(AccountBalance account, DateOnly date, long postedMinor) => Of(account) with
    {
        Posted = new Money(postedMinor, account.Posted.Currency).ToDecimalString(),
        Held = null,
        Available = null,
        AsOf = date,
    };
}
