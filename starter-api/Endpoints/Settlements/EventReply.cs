using System.Text.Json;
using Settlement.Database;

namespace Settlement.StarterApi.Endpoints.Settlements;

/// <summary>One event, as readers of the broker get it.</summary>
public sealed record EventReply
{
    /// <summary>Key by which readers recognise repeats.</summary>
    public required Guid EventId { get; init; }

    /// <summary>For example <c>settlement.funds_locked</c>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset At { get; init; }
    public required JsonElement Payload { get; init; }

    public static EventReply Of(OutboxEvent row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var payload = JsonDocument.Parse(row.Payload);
        return new EventReply { EventId = row.EventId, Type = row.Type, At = row.AsOf, Payload = payload.RootElement.Clone() };
    }
}
