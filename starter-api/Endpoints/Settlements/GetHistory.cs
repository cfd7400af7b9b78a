using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements/{id}/history: all of them, oldest first.</summary>
public static class GetHistory
{
    public static async Task<Results<Ok<ListReply<HistoryReply>>, ApiProblem>> HandleAsync(
        string id, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        var scope = new ReadScope(user.ReadScope);
        if (await GetSettlement.FindAsync(reader, id, scope, cancel) is not { } settlement)
            return new ApiProblem(ProblemTypes.NotFound);
        var rows = await reader.HistoryAsync(settlement.SettlementId, scope, cancel);
        return TypedResults.Ok(new ListReply<HistoryReply>(rows.ConvertAll(HistoryReply.Of)));
    }
}
