using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>GET /api/v1/cases/{id}.</summary>
public static class GetCase
{
    public static async Task<Results<Ok<CaseReply>, ApiProblem>> HandleAsync(
        string id, CurrentUser user, CaseReader reader, TimeProvider clock, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(clock);
        return await FindAsync(reader, id, user.ReadScope, cancel) is { } row
            ? TypedResults.Ok(CaseReply.Of(row, clock.GetUtcNow()))
            : new ApiProblem(ProblemTypes.NotFound);
    }

    /// <summary>The case within the scope, or null.</summary>
    public static async Task<CaseOfSettlement?> FindAsync(CaseReader reader, string id, string? scope, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Guid.TryParseExact(id, "D", out var caseId) ? await reader.FindAsync(caseId, new ReadScope(scope), cancel) : null;
    }
}
