using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Settlement.AppHost.Launch;

/// <summary>The starter API as its users call it: signs in once per user, and again when a token has expired.</summary>
/// <param name="api">Root of the API.</param>
/// <param name="password">That of all demo users.</param>
/// <param name="timeout">How long an answer may take.</param>
public sealed class ApiClient(Uri api, string password, TimeSpan timeout) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = api, Timeout = timeout };

    private readonly ConcurrentDictionary<string, Task<string>> tokens = new(StringComparer.Ordinal);

    public Uri Address => api;

    /// <summary>One call in a user's name.</summary>
    /// <exception cref="HttpRequestException">The API cannot be reached, or broke off, or the user cannot sign in.</exception>
    /// <exception cref="TaskCanceledException">It did not answer in time.</exception>
    public async Task<ApiAnswer> SendAsync(string user, HttpMethod method, string path, JsonNode? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var signIn = tokens.GetOrAdd(user, SignInAsync);
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(user, signIn, cancellationToken));
            if (body is not null)
                request.Content = JsonContent.Create(body);
            if (idempotencyKey is not null)
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized || tries > 0)
                return await ApiAnswer.ReadAsync(response, cancellationToken);
            tokens.TryRemove(KeyValuePair.Create(user, signIn));
        }
    }

    public Task<ApiAnswer> GetAsync(string user, string path, CancellationToken cancellationToken) =>
        SendAsync(user, HttpMethod.Get, path, null, null, cancellationToken);

    public Task<ApiAnswer> PostAsync(string user, string path, JsonNode body, CancellationToken cancellationToken, string? idempotencyKey = null) =>
        SendAsync(user, HttpMethod.Post, path, body, idempotencyKey, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    /// <summary>Who could not be signed in is tried anew by the next caller.</summary>
    private async Task<string> TokenAsync(string user, Task<string> signIn, CancellationToken cancellationToken)
    {
        try
        {
            return await signIn.WaitAsync(cancellationToken);
        }
        catch (Exception) when (signIn.IsFaulted || signIn.IsCanceled)
        {
            tokens.TryRemove(KeyValuePair.Create(user, signIn));
            throw;
        }
    }

    /// <summary>Shared by all calls in the user's name, so that a crowd signs in once; no single caller can cancel it, the time limit ends it.</summary>
    private async Task<string> SignInAsync(string user)
    {
        using var response = await http.PostAsJsonAsync("api/v1/auth/login", new JsonObject { ["username"] = user, ["password"] = password });
        var answer = await ApiAnswer.ReadAsync(response, CancellationToken.None);
        return answer.Taken ? answer.Member("access_token") : throw new HttpRequestException($"{user} cannot sign in: {(int)answer.Status} {answer.Text}");
    }
}

/// <summary>What the API answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON, or null where there was none.</param>
/// <param name="Text">The body as it came.</param>
public sealed record ApiAnswer(HttpStatusCode Status, JsonElement? Body, string Text)
{
    public bool Taken => (int)Status is >= 200 and < 300;

    /// <summary>When a busy API asks to be called again; null: it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Nothing can be concluded: somebody was down, or too busy. The same call may be made again.</summary>
    public bool MayBeRepeated =>
        Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        || (Status == HttpStatusCode.Conflict && Type == "in-progress");

    /// <summary>The last word of the problem's type (RFC 9457), or an empty text.</summary>
    public string Type => Problem("type")[(Problem("type").LastIndexOfAny(['/', ':']) + 1)..];

    /// <summary>The problem in words, or an empty text.</summary>
    public string Detail => Problem("detail");

    /// <summary>JSON pointers of the members that the problem calls wrong.</summary>
    public IReadOnlyList<string> Places => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
        ? [.. errors.EnumerateArray().Where(error => error.TryGetProperty("pointer", out _)).Select(error => error.GetProperty("pointer").ToString())]
        : [];

    public string Member(string name) => Body!.Value.GetProperty(name).ToString();

    /// <summary>Status and problem in words.</summary>
    public override string ToString() => $"{(int)Status} {(Type.Length == 0 ? "none" : Type)}{(Detail.Length == 0 ? "" : $": {Detail}")}";

    internal static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new ApiAnswer(response.StatusCode, Parse(text), text) { RetryAfter = response.Headers.RetryAfter?.Delta };
    }

    private string Problem(string member) =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
