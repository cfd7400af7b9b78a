using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.Domain;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>GET /api/v1/cases: the oldest first, open ones unless asked otherwise, in pages.</summary>
public static class ListCases
{
    public static async Task<Results<Ok<ListReply<CaseReply>>, ApiProblem>> HandleAsync(
        HttpRequest request, CurrentUser user, CaseReader reader, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(clock);
        var query = new QueryReader(request, "state", "reason", "owner", "settlement_id", "limit", "cursor");
        var filter = new CaseFilter(
            query.One<CaseState>("state") ?? CaseState.Open, query.One<AttentionReason>("reason"), query.Text("owner"), query.Id("settlement_id"));
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem() is { } wrong)
            return wrong;
        try
        {
            var page = await reader.ListAsync(filter, new ReadScope(user.ReadScope), limit, cursor, cancel);
            return TypedResults.Ok(new ListReply<CaseReply>([.. page.Items.Select(row => CaseReply.Of(row, clock.GetUtcNow()))], page.NextCursor));
        }
        catch (SettlementException refused) when (refused.Failure == SettlementFailure.InvalidRequest)
        {
            return new ApiProblem(ProblemTypes.MalformedRequest, errors: [new FieldError("query:cursor", refused.Message)]);
        }
    }
}
