namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements/{id}/history: all of them, oldest first.</summary>
public static class GetHistory
{
    public static async Task<Results<Ok<ListReply<HistoryReply>>, ApiProblem>> HandleAsync(
        string id, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        var scope = new ReadScope(user.ReadScope);
        if (await GetSettlement.FindAsync(reader, id, scope, cancel) is not { } settlement)
            return new ApiProblem(ProblemTypes.NotFound);
        return Replies.All(await reader.HistoryAsync(settlement.SettlementId, scope, cancel), HistoryReply.Of);
    }
}

/// <summary>One change of state.</summary>
public sealed record HistoryReply
{
    /// <summary>Absent for the first entry, the creation.</summary>
    public string? FromStatus { get; init; }

    public required string ToStatus { get; init; }
    public required int Attempt { get; init; }
    public required string Step { get; init; }
    public required string Actor { get; init; }

    /// <summary>Through which door the actor came: <c>api</c>, <c>command_line</c>, <c>workflow</c>, <c>bank</c>, <c>job</c>.</summary>
    public required string Source { get; init; }

    public required string Reason { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the database wrote it down.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public static HistoryReply Of(StatusHistoryEntry row) => new()
    {
        FromStatus = row.FromStatus is { } from ? UpperSnake.Lower(from) : null,
        ToStatus = UpperSnake.Lower(row.ToStatus),
        Attempt = row.Attempt,
        Step = row.Step,
        Actor = row.Actor,
        Source = UpperSnake.Lower(row.ActorSource),
        Reason = row.Reason,
        At = row.AsOf,
        RecordedAt = row.RecordedAt,
    };
}
