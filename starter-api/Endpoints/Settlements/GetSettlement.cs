using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements/{id}.</summary>
public static class GetSettlement
{
    public static async Task<Results<Ok<SettlementReply>, ApiProblem>> HandleAsync(string id, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        var row = await FindAsync(reader, id, new ReadScope(user.ReadScope), cancel);
        return row is null ? new ApiProblem(ProblemTypes.NotFound) : TypedResults.Ok(SettlementReply.Of(row));
    }

    /// <summary>By settlement id (UUID) or by reference; anything else finds nothing.</summary>
    internal static Task<SettlementTransaction?> FindAsync(SettlementReader reader, string id, ReadScope scope, CancellationToken cancel)
    {
        if (Domain.SettlementReference.IsValid(id))
            return reader.FindAsync(id, scope, cancel);
        return Guid.TryParseExact(id, "D", out var settlementId)
            ? reader.FindAsync(settlementId, scope, cancel)
            : Task.FromResult<SettlementTransaction?>(null);
    }
}
