using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements/{id}/events: oldest first, in pages. Events of one settlement are written one transaction after the other, so their sequence is their order.</summary>
public static class GetEvents
{
    public static async Task<Results<Ok<ListReply<EventReply>>, ApiProblem>> HandleAsync(
        string id, HttpRequest request, CurrentUser user, SettlementReader reader, SettlementDbContext database, CancellationToken cancel)
    {
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

/// <summary>One event, as readers of the broker get it.</summary>
public sealed record EventReply
{
    /// <summary>Key by which readers recognise repeats.</summary>
    public required Guid EventId { get; init; }

    /// <summary>For example <c>settlement.funds_locked</c>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset At { get; init; }
    public required JsonElement Payload { get; init; }

    public static EventReply Of(OutboxEvent row) => new() { EventId = row.EventId, Type = row.Type, At = row.AsOf, Payload = JsonElement.Parse(row.Payload) };
}
