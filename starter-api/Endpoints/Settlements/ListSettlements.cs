using Microsoft.AspNetCore.Http.HttpResults;
using Settlement.Database;
using Settlement.Domain;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements: newest first, narrowed by query parameters, in pages.</summary>
public static class ListSettlements
{
    public static async Task<Results<Ok<ListReply<SettlementReply>>, ApiProblem>> HandleAsync(
        HttpRequest request, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(reader);
        var query = new QueryReader(request, "account_id", "status", "kind", "start_date", "end_date", "entity", "currency", "needs_attention", "limit", "cursor");
        var filter = Filter(query);
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem() is { } wrong)
            return wrong;
        try
        {
            var page = await reader.ListAsync(filter, new ReadScope(user.ReadScope), limit, cursor, cancel);
            return TypedResults.Ok(new ListReply<SettlementReply>([.. page.Items.Select(SettlementReply.Of)], page.NextCursor));
        }
        catch (SettlementException refused) when (refused.Failure == SettlementFailure.InvalidRequest)
        {
            return new ApiProblem(ProblemTypes.MalformedRequest, errors: [new FieldError("query:cursor", refused.Message)]);
        }
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
