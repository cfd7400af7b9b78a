using System.Text.Json;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.StarterApi.Endpoints.Settlements;

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

    public static CheckpointReply Of(OperationCheckpoint row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var result = JsonDocument.Parse(row.Result);
        return new CheckpointReply
        {
            Attempt = row.Attempt,
            Step = row.Step,
            StatusBefore = UpperSnake.Lower(row.StatusBefore),
            StatusAfter = UpperSnake.Lower(row.StatusAfter),
            At = row.AsOf,
            RecordedAt = row.RecordedAt,
            Result = result.RootElement.Clone(),
        };
    }
}
