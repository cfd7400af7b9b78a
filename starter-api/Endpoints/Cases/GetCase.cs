namespace Settlement.StarterApi.Endpoints.Cases;

/// <summary>GET /api/v1/cases/{id}.</summary>
public static class GetCase
{
    public static async Task<Results<Ok<CaseReply>, ApiProblem>> HandleAsync(
        string id, CurrentUser user, CaseReader reader, TimeProvider clock, CancellationToken cancel) =>
        await FindAsync(reader, id, user.ReadScope, cancel) is { } row
            ? TypedResults.Ok(CaseReply.Of(row, clock.GetUtcNow()))
            : new ApiProblem(ProblemTypes.NotFound);

    /// <summary>The case within the scope, or null.</summary>
    public static async Task<CaseOfSettlement?> FindAsync(CaseReader reader, string id, string? scope, CancellationToken cancel) =>
        Guid.TryParseExact(id, "D", out var caseId) ? await reader.FindAsync(caseId, new ReadScope(scope), cancel) : null;
}

/// <summary>GET /api/v1/cases: the oldest first, open ones unless asked otherwise, in pages.</summary>
public static class ListCases
{
    public static async Task<Results<Ok<ListReply<CaseReply>>, ApiProblem>> HandleAsync(
        HttpRequest request, CurrentUser user, CaseReader reader, TimeProvider clock, CancellationToken cancel)
    {
        var query = new QueryReader(request, "state", "reason", "owner", "settlement_id", "limit", "cursor");
        var filter = new CaseFilter(
            query.One<CaseState>("state") ?? CaseState.Open, query.One<AttentionReason>("reason"), query.Text("owner"), query.Id("settlement_id"));
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem() is { } wrong)
            return wrong;
        return await Replies.PageAsync(reader.ListAsync(filter, new ReadScope(user.ReadScope), limit, cursor, cancel), row => CaseReply.Of(row, clock.GetUtcNow()));
    }
}
