using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Settlement.AppHost.Launch;
using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>The starter API, as far as samples need it. Where it says that it is busy, it is asked again when it says.</summary>
internal sealed class SampleApi(ApiClient client)
{
    /// <summary>Asks for a settlement; 202, or the problem.</summary>
    public Task<ApiAnswer> CreateAsync(JsonObject body, string idempotencyKey, CancellationToken cancellationToken) =>
        SendAsync(DemoUsers.Starter, HttpMethod.Post, "settlements", body, idempotencyKey, cancellationToken);

    public async Task<SampleSnapshot> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var settlement = await ReadAsync($"settlements/{id}", cancellationToken);
        return new SampleSnapshot(
            UpperSnake.Parse<SettlementStatus>(settlement.GetProperty("status").GetString()!),
            settlement.GetProperty("needs_attention").GetBoolean(),
            Text(settlement, "attention_reason")?.ToUpperInvariant(),
            Text(settlement, "failure")?.ToUpperInvariant());
    }

    /// <summary>All states so far, in order.</summary>
    public async Task<IReadOnlyList<SampleStep>> GetHistoryAsync(Guid id, CancellationToken cancellationToken)
    {
        var steps = new List<SampleStep>();
        string? cursor = null;
        do
        {
            var query = cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
            var page = await ReadAsync($"settlements/{id}/history?limit=200{query}", cancellationToken);
            steps.AddRange(page.GetProperty("data").EnumerateArray().Select(ReadStep));
            cursor = Text(page, "next_cursor");
        }
        while (cursor is not null);
        return steps;
    }

    /// <summary>Posts an operator's or approver's action below a settlement.</summary>
    public Task<ApiAnswer> PerformAsync(string user, Guid id, string action, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(user, HttpMethod.Post, $"settlements/{id}/{action}", body, null, cancellationToken);

    /// <summary>Posted and held balance of an account, decimal strings.</summary>
    public async Task<(string Posted, string Held)> GetBalanceAsync(string account, CancellationToken cancellationToken)
    {
        var answer = await ReadAsync($"api/v1/accounts/{account}", cancellationToken);
        return (answer.GetProperty("posted").GetString()!, answer.GetProperty("held").GetString()!);
    }

    private async Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(DemoUsers.Starter, HttpMethod.Get, path, null, null, cancellationToken);
        return answer is { Taken: true, Body: { } body } ? body : throw new InvalidOperationException($"The API answered {answer}");
    }

    private async Task<ApiAnswer> SendAsync(string user, HttpMethod method, string path, JsonObject? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await client.SendAsync(user, method, path, body, idempotencyKey, cancellationToken);
            if (answer.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                return answer;
            // The sample's own deadline ends the waiting.
            await Task.Delay(answer.RetryAfter ?? TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private static SampleStep ReadStep(JsonElement row)
    {
        var status = Text(row, "to_status") ?? throw new InvalidOperationException("A row of the history has no status.");
        return new SampleStep(UpperSnake.Parse<SettlementStatus>(status), row.GetProperty("at").GetDateTimeOffset());
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A settlement as the API shows it at one moment.</summary>
internal sealed record SampleSnapshot(SettlementStatus Status, bool NeedsAttention, string? AttentionReason, string? Failure);

/// <summary>A state that a settlement reached.</summary>
/// <param name="Status">The state.</param>
/// <param name="At">When, by the settlement's own history.</param>
public sealed record SampleStep(SettlementStatus Status, DateTimeOffset At);
