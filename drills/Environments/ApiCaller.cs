using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Settlement.Drills.Environments;

/// <summary>The API as its users call it: signs in once per user, and again when a token has expired.</summary>
internal sealed class ApiCaller(Uri api, string password) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 100, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        BaseAddress = api,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private readonly ConcurrentDictionary<string, Task<string>> tokens = new(StringComparer.Ordinal);

    public Uri Address => api;

    /// <summary>One call in a user's name.</summary>
    /// <exception cref="HttpRequestException">The API cannot be reached, or broke off.</exception>
    /// <exception cref="TaskCanceledException">It did not answer within 30 s.</exception>
    public async Task<ApiAnswer> SendAsync(
        string user, HttpMethod method, string path, JsonNode? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var signIn = tokens.GetOrAdd(user, SignInAsync);
            var token = await TokenAsync(user, signIn, cancellationToken);
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            if (idempotencyKey is not null)
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized && tries == 0)
            {
                tokens.TryRemove(KeyValuePair.Create(user, signIn));
                continue;
            }

            return await AnswerAsync(response, cancellationToken);
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

    /// <summary>Shared by all calls in the user's name, so that a crowd signs in once; no single caller can cancel it.</summary>
    private async Task<string> SignInAsync(string user)
    {
        using var response = await http.PostAsJsonAsync("api/v1/auth/login", new JsonObject { ["username"] = user, ["password"] = password });
        var answer = await AnswerAsync(response, CancellationToken.None);
        return answer.Taken ? answer.Member("access_token") : throw new HttpRequestException($"{user} cannot sign in: {(int)answer.Status} {answer.Text}");
    }

    private static async Task<ApiAnswer> AnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new ApiAnswer(response.StatusCode, Parse(text), text);
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
