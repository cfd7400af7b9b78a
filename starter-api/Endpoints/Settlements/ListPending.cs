using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.Domain;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /api/v1/settlement/pending.</summary>
public static class ListPending
{
    public static async Task<Results<Ok<PendingReply>, ApiProblem>> HandleAsync(
        HttpRequest request, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        var query = new QueryReader(request, "cursor");
        var cursor = query.Text("cursor");
        if (query.Problem() is { } wrong)
            return wrong;
        try
        {
            var page = await reader.ListAsync(
                new SettlementFilter { OpenOnly = true }, new ReadScope(user.ReadScope), Page<SettlementTransaction>.MaxLimit, cursor, cancel);
            return TypedResults.Ok(new PendingReply([.. page.Items.Select(SettlementReply.Of)], page.Items.Count, page.NextCursor));
        }
        catch (SettlementException refused) when (refused.Failure == SettlementFailure.InvalidRequest)
        {
            return new ApiProblem(ProblemTypes.MalformedRequest, errors: [new FieldError("query:cursor", refused.Message)]);
        }
    }
}
