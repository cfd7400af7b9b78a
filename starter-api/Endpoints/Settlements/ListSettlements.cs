namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements: newest first, narrowed by query parameters, in pages.</summary>
public static class ListSettlements
{
    public static async Task<Results<Ok<ListReply<SettlementReply>>, ApiProblem>> HandleAsync(
        HttpRequest request, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        var query = new QueryReader(request, "account_id", "status", "kind", "start_date", "end_date", "entity", "currency", "needs_attention", "limit", "cursor");
        var filter = Filter(query);
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem() is { } wrong)
            return wrong;
        return await Replies.PageAsync(reader.ListAsync(filter, new ReadScope(user.ReadScope), limit, cursor, cancel), SettlementReply.Of);
    }

    // Both dates are whole UTC days and both are included.
    private static SettlementFilter Filter(QueryReader query) => new()
    {
        AccountNumber = query.Text("account_id"),
        Statuses = query.Set<SettlementStatus>("status"),
        Kind = query.One<SettlementKind>("kind"),
        CreatedFrom = Midnight(query.Date("start_date")),
        CreatedBefore = Midnight(query.Date("end_date"), days: 1),
        EntityId = query.Text("entity"),
        Currency = query.Text("currency"),
        NeedsAttention = query.Flag("needs_attention"),
    };

    private static DateTimeOffset? Midnight(DateOnly? date, int days = 0) => date is { } day && day < DateOnly.MaxValue
        ? new DateTimeOffset(day.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero)
        : null;
}

/// <summary>GET /api/v1/settlement/pending.</summary>
public static class ListPending
{
    public static async Task<Results<Ok<PendingReply>, ApiProblem>> HandleAsync(
        HttpRequest request, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        var query = new QueryReader(request, "cursor");
        var cursor = query.Text("cursor");
        if (query.Problem() is { } wrong)
            return wrong;
        var reading = reader.ListAsync(
            new SettlementFilter { OpenOnly = true }, new ReadScope(user.ReadScope), Page<SettlementTransaction>.MaxLimit, cursor, cancel);
        return await Replies.PageAsync(reading, page => new PendingReply([.. page.Items.Select(SettlementReply.Of)], page.Items.Count, page.NextCursor));
    }
}

/// <summary>Settlements that have not ended, in the form of the source document.</summary>
/// <param name="Data">At most 200, newest first.</param>
/// <param name="Count">How many are in <paramref name="Data"/>.</param>
/// <param name="NextCursor">Present when there are more; GET /settlements takes it as <c>cursor</c> too.</param>
public sealed record PendingReply(IReadOnlyList<SettlementReply> Data, int Count, string? NextCursor);
