using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Settlement.Database;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements/{id}/events: oldest first, in pages. Events of one settlement are written one transaction after the other, so their sequence is their order.</summary>
public static class GetEvents
{
    public static async Task<Results<Ok<ListReply<EventReply>>, ApiProblem>> HandleAsync(
        string id, HttpRequest request, CurrentUser user, SettlementReader reader, SettlementDbContext database, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(database);
        var query = new QueryReader(request, "limit", "cursor");
        var limit = query.Limit();
        var after = query.Number("cursor") ?? 0;
        if (query.Problem() is { } wrong)
            return wrong;
        if (await GetSettlement.FindAsync(reader, id, new ReadScope(user.ReadScope), cancel) is not { } settlement)
            return new ApiProblem(ProblemTypes.NotFound);
        var rows = await database.OutboxEvents
            .Where(row => row.SettlementId == settlement.SettlementId && row.Sequence > after)
            .OrderBy(row => row.Sequence).Take(limit + 1).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more)
            rows.RemoveAt(limit);
        var next = more ? rows[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new ListReply<EventReply>(rows.ConvertAll(EventReply.Of), next));
    }
}
