using System.Text.Json;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>GET /settlements/{id}/checkpoints: all of them, oldest first.</summary>
public static class GetCheckpoints
{
    public static async Task<Results<Ok<ListReply<CheckpointReply>>, ApiProblem>> HandleAsync(
        string id, CurrentUser user, SettlementReader reader, CancellationToken cancel)
    {
        var scope = new ReadScope(user.ReadScope);
        if (await GetSettlement.FindAsync(reader, id, scope, cancel) is not { } settlement)
            return new ApiProblem(ProblemTypes.NotFound);
        return Replies.All(await reader.CheckpointsAsync(settlement.SettlementId, scope, cancel), CheckpointReply.Of);
    }
}

/// <summary>One executed step, with the states around it and its answer.</summary>
public sealed record CheckpointReply
{
    public required int Attempt { get; init; }
    public required string Step { get; init; }
    public required string StatusBefore { get; init; }
    public required string StatusAfter { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>What the step answered, as it was stored.</summary>
    public required JsonElement Result { get; init; }

    public static CheckpointReply Of(OperationCheckpoint row) => new()
    {
        Attempt = row.Attempt,
        Step = row.Step,
        StatusBefore = UpperSnake.Lower(row.StatusBefore),
        StatusAfter = UpperSnake.Lower(row.StatusAfter),
        At = row.AsOf,
        RecordedAt = row.RecordedAt,
        Result = JsonElement.Parse(row.Result),
    };
}
