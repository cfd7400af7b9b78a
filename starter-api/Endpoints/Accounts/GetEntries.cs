using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.Domain;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Accounts;

/// <summary>GET /api/v1/accounts/{id}/entries: newest first, in pages.</summary>
public static class GetEntries
{
    public static async Task<Results<Ok<ListReply<EntryReply>>, ApiProblem>> HandleAsync(
        string id, HttpRequest request, CurrentUser user, AccountReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        var query = new QueryReader(request, "limit", "cursor");
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem() is { } wrong)
            return wrong;
        if (await GetAccount.FindAsync(reader, id, user, cancel) is not { } account)
            return new ApiProblem(ProblemTypes.NotFound);
        try
        {
            var page = await reader.EntriesAsync(account.AccountId, new ReadScope(user.ReadScope), limit, cursor, cancel);
            return TypedResults.Ok(new ListReply<EntryReply>([.. page.Items.Select(EntryReply.Of)], page.NextCursor));
        }
        catch (SettlementException refused) when (refused.Failure == SettlementFailure.InvalidRequest)
        {
            return new ApiProblem(ProblemTypes.MalformedRequest, errors: [new FieldError("query:cursor", refused.Message)]);
        }
    }
}
