namespace Settlement.StarterApi.Endpoints.Accounts;

/// <summary>GET /api/v1/accounts/{id}/entries: newest first, in pages.</summary>
public static class GetEntries
{
    public static async Task<Results<Ok<ListReply<EntryReply>>, ApiProblem>> HandleAsync(
        string id, HttpRequest request, CurrentUser user, AccountReader reader, CancellationToken cancel)
    {
        var query = new QueryReader(request, "limit", "cursor");
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem() is { } wrong)
            return wrong;
        if (await GetAccount.FindAsync(reader, id, user, cancel) is not { } account)
            return new ApiProblem(ProblemTypes.NotFound);
        return await Replies.PageAsync(reader.EntriesAsync(account.AccountId, new ReadScope(user.ReadScope), limit, cursor, cancel), EntryReply.Of);
    }
}

/// <summary>One ledger entry of an account. Credit is positive; the balance is in the account's natural sign.</summary>
public sealed record EntryReply
{
    public required Guid TransferId { get; init; }
    public required string Amount { get; init; }
    public required string Currency { get; init; }
    public required string BalanceAfter { get; init; }
    public required DateOnly ValueDate { get; init; }
    public required DateTimeOffset At { get; init; }

    public static EntryReply Of(LedgerEntry row) => new()
    {
        TransferId = row.TransferId,
        Amount = MoneyText.Of(row.AmountMinor, row.Currency),
        Currency = row.Currency,
        BalanceAfter = MoneyText.Of(row.BalanceAfterMinor, row.Currency),
        ValueDate = row.ValueDate,
        At = row.AsOf,
    };
}
