namespace Settlement.StarterApi.Endpoints.Accounts;

/// <summary>GET /api/v1/accounts/{id}, with <c>as_of</c> for the posted balance at the end of a value date.</summary>
public static class GetAccount
{
    public static async Task<Results<Ok<AccountReply>, ApiProblem>> HandleAsync(
        string id, HttpRequest request, CurrentUser user, AccountReader reader, CancellationToken cancel)
    {
        var query = new QueryReader(request, "as_of");
        var asOf = query.Date("as_of");
        if (query.Problem() is { } wrong)
            return wrong;
        if (await FindAsync(reader, id, user, cancel) is not { } account)
            return new ApiProblem(ProblemTypes.NotFound);
        return asOf is { } date
            ? TypedResults.Ok(AccountReply.AtDate(account, date, await reader.PostedAsOfAsync(account.AccountId, date, cancel)))
            : TypedResults.Ok(AccountReply.Of(account));
    }

    /// <summary>By number, or by the id of the row.</summary>
    internal static Task<AccountBalance?> FindAsync(AccountReader reader, string id, CurrentUser user, CancellationToken cancel)
    {
        var scope = new ReadScope(user.ReadScope);
        return Guid.TryParseExact(id, "D", out var accountId) ? reader.FindAsync(accountId, scope, cancel) : reader.FindAsync(id, scope, cancel);
    }
}

/// <summary>GET /api/v1/accounts/nostro and /vostro.</summary>
public static class ListAccounts
{
    public static async Task<Ok<ListReply<AccountReply>>> NostroAsync(CurrentUser user, AccountReader reader, CancellationToken cancel) =>
        Replies.All(await reader.NostroAsync(new ReadScope(user.ReadScope), cancel), AccountReply.Of);

    public static async Task<Ok<ListReply<AccountReply>>> VostroAsync(CurrentUser user, AccountReader reader, CancellationToken cancel) =>
        Replies.All(await reader.VostroAsync(new ReadScope(user.ReadScope), cancel), AccountReply.Of);
}
