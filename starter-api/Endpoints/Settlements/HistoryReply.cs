using Settlement.Database;
using Settlement.Domain;

namespace Settlement.StarterApi.Endpoints.Settlements;

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

    public static HistoryReply Of(StatusHistoryEntry row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new HistoryReply
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
}
