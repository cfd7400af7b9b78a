using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;
using Settlement.Database;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>An environment as a signed-in caller meets it, over HTTP.</summary>
internal sealed class ApiCaller : IDisposable
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly HttpClient http;

    private ApiCaller(HttpClient http) => this.http = http;

    public static async Task<ApiCaller> SignInAsync(SettlementEnvironment environment, string user)
    {
        var http = new HttpClient { BaseAddress = environment.ApiAddress };
        using var response = await http.PostAsJsonAsync("/api/v1/auth/login", new { Username = user, Password = environment.Secrets.UserPassword }, Snake);
        response.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await ReadAsync(response)).GetProperty("access_token").GetString());
        return new ApiCaller(http);
    }

    /// <summary>Opens an account of 100.00 USD.</summary>
    public static async Task<string> OpenAccountAsync(SettlementEnvironment environment)
    {
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        await EnvironmentSamples.PublishScreeningListAsync(database, CancellationToken.None);
        return await OpenAccountAsync(database);
    }

    /// <summary>The same in an environment that has a screening list.</summary>
    public static async Task<string> OpenAccountAsync(NpgsqlDataSource database)
    {
        var account = "PAYER-" + Guid.NewGuid().ToString("N")[..8];
        await new SampleAccounts(database, TimeProvider.System).OpenAsync([new SampleAccount(account, "USD", "100.00")], DemoUsers.Entity, EnvironmentSamples.BankName, CancellationToken.None);
        return account;
    }

    /// <summary>Tells the bank how to treat payments to a creditor's account.</summary>
    public static async Task ScriptBankAsync(SettlementEnvironment environment, string creditorAccount, params object[] steps)
    {
        using var http = new HttpClient { BaseAddress = environment.BankAddress };
        using var response = await http.PostAsJsonAsync("/scripts", new { Match = new { CreditorAccount = creditorAccount }, Steps = steps }, Snake);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Starts a payment of 12.34 USD with short timers; returns id and reference.</summary>
    /// <param name="account">Who pays.</param>
    /// <param name="creditorAccount">Who is paid; the bank's script hangs on it.</param>
    /// <param name="bankCallTimeoutSeconds">How long a silent bank is waited for. Long, where the bank does answer: a busy machine must not make it look silent.</param>
    /// <param name="creditorName">Who is paid.</param>
    /// <param name="compensationBackoffSeconds">How long a failing compensation waits for its next try.</param>
    public async Task<(string Id, string Reference)> StartAsync(string account, string creditorAccount, double bankCallTimeoutSeconds = 20, string creditorName = "Northwind", double compensationBackoffSeconds = 5)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/settlements")
        {
            Content = JsonContent.Create(
                new
                {
                    Kind = "cash",
                    DebtorAccountId = account,
                    Creditor = new { Bank = EnvironmentSamples.BankName, Account = creditorAccount, Name = creditorName, Country = "US" },
                    Amount = "12.34",
                    Currency = "USD",
                    Rail = "SAMPLE-24X7",
                    Calendars = new[] { "SAMPLE-24X7" },
                    Timeouts = new { BankCallTimeoutSeconds = bankCallTimeoutSeconds, FirstEnquirySeconds = 0.3, MaxEnquiryIntervalSeconds = 1, OutcomeDeadlineSeconds = 1, CompensationBackoffSeconds = compensationBackoffSeconds },
                },
                options: Snake),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await http.SendAsync(request);
        var reply = await ReadAsync(response);
        return (reply.GetProperty("settlement_id").GetString()!, reply.GetProperty("reference").GetString()!);
    }

    /// <summary>Sends a body under an idempotency key; returns status and answer as they are.</summary>
    public async Task<(int Status, string Reply)> SendAsync(HttpMethod method, string path, JsonObject body, string key)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(response);
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Snake);
        return await ReadAsync(response);
    }

    /// <summary>Waits until the settlement is as asked, and returns it.</summary>
    public async Task<JsonElement> WaitAsync(string id, Func<JsonElement, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var settlement = await GetAsync($"/settlements/{id}");
            if (condition(settlement))
                return settlement;
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"After 60 s the settlement is still {settlement}");
            await Task.Delay(100);
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
