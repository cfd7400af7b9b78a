using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Settlement.Domain;

namespace Settlement.AppHost.Samples;

/// <summary>The starter API as a user of it sees it: signs in once per user, and again when a token has expired.</summary>
internal sealed class SampleApi(HttpClient http)
{
    private readonly ConcurrentDictionary<string, Task<string>> tokens = new(StringComparer.Ordinal);

    /// <summary>Creates a settlement: its id and reference, or the problem.</summary>
    public async Task<((Guid Id, string Reference)? Created, SampleProblem? Problem)> CreateAsync(
        SampleUser user, JsonObject body, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(user, HttpMethod.Post, "settlements", body, idempotencyKey, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted)
            return (null, await ReadProblemAsync(response, cancellationToken));
        var answer = await ReadAsync(response, cancellationToken);
        return ((answer.GetProperty("settlement_id").GetGuid(), answer.GetProperty("reference").GetString()!), null);
    }

    public async Task<SampleSnapshot> GetAsync(SampleUser user, Guid id, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(user, HttpMethod.Get, $"settlements/{id}", null, null, cancellationToken);
        var settlement = await ReadSuccessAsync(response, cancellationToken);
        return new SampleSnapshot(
            UpperSnake.Parse<SettlementStatus>(settlement.GetProperty("status").GetString()!),
            settlement.GetProperty("needs_attention").GetBoolean(),
            Upper(Text(settlement, "attention_reason")),
            Upper(Text(settlement, "failure")));
    }

    /// <summary>All states so far, in order.</summary>
    public async Task<IReadOnlyList<SampleStep>> GetHistoryAsync(SampleUser user, Guid id, CancellationToken cancellationToken)
    {
        var steps = new List<SampleStep>();
        string? cursor = null;
        do
        {
            var query = cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
            using var response = await SendAsync(user, HttpMethod.Get, $"settlements/{id}/history?limit=200{query}", null, null, cancellationToken);
            var page = await ReadSuccessAsync(response, cancellationToken);
            steps.AddRange(page.GetProperty("data").EnumerateArray().Select(ReadStep));
            cursor = Text(page, "next_cursor");
        }
        while (cursor is not null);
        return steps;
    }

    /// <summary>Posts an operator's or approver's action below a settlement; the answer, or the problem.</summary>
    public async Task<(JsonElement? Answer, SampleProblem? Problem)> PerformAsync(
        SampleUser user, Guid id, string action, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(user, HttpMethod.Post, $"settlements/{id}/{action}", body, null, cancellationToken);
        return response.IsSuccessStatusCode
            ? (await ReadAsync(response, cancellationToken), null)
            : (null, await ReadProblemAsync(response, cancellationToken));
    }

    /// <summary>Posted and held balance of an account, decimal strings.</summary>
    public async Task<(string Posted, string Held)> GetBalanceAsync(SampleUser user, string account, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(user, HttpMethod.Get, $"api/v1/accounts/{account}", null, null, cancellationToken);
        var answer = await ReadSuccessAsync(response, cancellationToken);
        return (answer.GetProperty("posted").GetString()!, answer.GetProperty("held").GetString()!);
    }

    private async Task<HttpResponseMessage> SendAsync(
        SampleUser user, HttpMethod method, string path, JsonObject? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        while (true)
        {
            var signIn = tokens.GetOrAdd(user.Name, _ => SignInAsync(user));
            var token = await signIn.WaitAsync(cancellationToken);
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            if (idempotencyKey is not null)
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized && tokens.TryRemove(KeyValuePair.Create(user.Name, signIn)))
            {
                response.Dispose();
                continue;
            }

            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                return response;
            // Both say when to come back; the sample's own deadline ends the waiting.
            var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            response.Dispose();
            await Task.Delay(wait, cancellationToken);
        }
    }

    /// <summary>Shared by all samples of a run, so that no single one can cancel it; the client's own time limit ends it.</summary>
    private async Task<string> SignInAsync(SampleUser user)
    {
        var body = new JsonObject { ["username"] = user.Name, ["password"] = user.Password };
        using var response = await http.PostAsJsonAsync("api/v1/auth/login", body);
        var answer = await ReadSuccessAsync(response, CancellationToken.None);
        return answer.GetProperty("access_token").GetString()!;
    }

    private static SampleStep ReadStep(JsonElement row)
    {
        var status = Text(row, "to_status") ?? throw new InvalidOperationException("A row of the history has no status.");
        return new SampleStep(UpperSnake.Parse<SettlementStatus>(status), row.GetProperty("at").GetDateTimeOffset());
    }

    private static async Task<JsonElement> ReadSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"The API answered {await ReadProblemAsync(response, cancellationToken)}");
        return await ReadAsync(response, cancellationToken);
    }

    private static Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);

    private static async Task<SampleProblem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return new SampleProblem((int)response.StatusCode, "none", "", []);
        var problem = await ReadAsync(response, cancellationToken);
        var places = problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
            ? errors.EnumerateArray().Select(error => Text(error, "pointer")).OfType<string>().ToArray()
            : [];
        var type = Text(problem, "type") ?? "";
        return new SampleProblem((int)response.StatusCode, type[(type.LastIndexOfAny(['/', ':']) + 1)..], Text(problem, "detail") ?? "", places);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Upper(string? text) => text?.ToUpperInvariant();
}
