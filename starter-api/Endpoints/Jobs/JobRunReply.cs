using System.Text.Json;
using Settlement.Database;
using Settlement.Domain;

namespace Settlement.StarterApi.Endpoints.Jobs;

/// <summary>One slot of a job in the run ledger.</summary>
public sealed record JobRunReply
{
    public required DateTimeOffset Slot { get; init; }

    /// <summary><c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>skipped</c> (a kill switch) or <c>missed</c> (nobody ran it).</summary>
    public required string State { get; init; }

    public required int Tries { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it did and found, or its error; null while it runs.</summary>
    public JsonElement? Detail { get; init; }

    public static JobRunReply Of(JobRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new JobRunReply
        {
            Slot = run.Slot,
            State = UpperSnake.Lower(run.State),
            Tries = run.Tries,
            StartedAt = run.StartedAsOf,
            EndedAt = run.EndedAsOf,
            Detail = run.Detail is { } detail ? JsonSerializer.Deserialize<JsonElement>(detail) : null,
        };
    }
}
