using System.Text.Json;

namespace Settlement.Drills.Desk;

/// <summary>What <c>GET /settlements/{id}</c> shows of a settlement.</summary>
internal sealed record Seen(string Status, bool NeedsAttention, string? AttentionReason, int Attempt, string? Failure)
{
    public bool HasEnded => Status is "settled" or "failed" or "cancelled";

    public static Seen Of(JsonElement row) => new(
        row.GetProperty("status").GetString()!,
        row.GetProperty("needs_attention").GetBoolean(),
        Text(row, "attention_reason"),
        row.GetProperty("attempt").GetInt32(),
        Text(row, "failure"));

    public override string ToString() =>
        Status.ToUpperInvariant()
        + (NeedsAttention ? $", needs attention: {AttentionReason?.ToUpperInvariant()}" : "")
        + (Failure is null ? "" : $", {Failure.ToUpperInvariant()}");

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
