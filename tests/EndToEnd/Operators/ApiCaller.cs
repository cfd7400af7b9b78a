using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;
using Settlement.Database;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>An environment as one of its users meets it, over HTTP.</summary>
internal sealed class ApiCaller(ApiClient api, string user)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

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
        var request = new
        {
            Kind = "cash",
            DebtorAccountId = account,
            Creditor = new { Bank = EnvironmentSamples.BankName, Account = creditorAccount, Name = creditorName, Country = "US" },
            Amount = "12.34",
            Currency = "USD",
            Rail = "SAMPLE-24X7",
            Calendars = new[] { "SAMPLE-24X7" },
            Timeouts = new { BankCallTimeoutSeconds = bankCallTimeoutSeconds, FirstEnquirySeconds = 0.3, MaxEnquiryIntervalSeconds = 1, OutcomeDeadlineSeconds = 1, CompensationBackoffSeconds = compensationBackoffSeconds },
        };
        var reply = await PostAsync("/settlements", request, Guid.NewGuid().ToString());
        return (reply.GetProperty("settlement_id").GetString()!, reply.GetProperty("reference").GetString()!);
    }

    /// <summary>Sends a body under an idempotency key; whatever the answer is.</summary>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, JsonObject body, string key) => api.SendAsync(user, method, path, body, key, CancellationToken.None);

    public async Task<JsonElement> GetAsync(string path) => Taken(await api.GetAsync(user, path, CancellationToken.None));

    public async Task<JsonElement> PostAsync(string path, object body, string? key = null) =>
        Taken(await api.PostAsync(user, path, JsonSerializer.SerializeToNode(body, Snake)!, CancellationToken.None, key));

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

    private static JsonElement Taken(ApiAnswer answer)
    {
        answer.Taken.ShouldBeTrue($"{(int)answer.Status} {answer.Text}");
        return answer.Body!.Value;
    }
}
