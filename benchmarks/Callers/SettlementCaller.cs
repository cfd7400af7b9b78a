using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;

namespace Settlement.Benchmarks.Callers;

/// <summary>
/// An outside caller of the API who pays one dollar at a time, from accounts of his own in turn: they hold more than any round can spend, and no one
/// of them is all that the load waits for.
/// </summary>
internal sealed class SettlementCaller : IDisposable
{
    /// <summary>As the wire names things, here and at the bank.</summary>
    public static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const int Accounts = 20;
    private const string Currency = "USD";
    private static readonly string[] Calendars = ["SAMPLE-24X7"];

    private readonly HttpClient http;
    private readonly string prefix;
    private readonly string creditor;
    private readonly object? timeouts;

    private SettlementCaller(HttpClient http, string prefix, string creditor, object? timeouts)
    {
        this.http = http;
        this.prefix = $"{prefix}-{Guid.NewGuid().ToString("N")[..8]}";
        this.creditor = creditor;
        this.timeouts = timeouts;
    }

    /// <summary>Opens the payers' accounts and signs in.</summary>
    /// <param name="environment">Where.</param>
    /// <param name="database">The environment's database, by a user who may write accounts.</param>
    /// <param name="prefix">What the accounts' numbers begin with.</param>
    /// <param name="creditor">Account number at the bank that is paid.</param>
    /// <param name="timeouts">The requests' <c>timeouts</c> (docs/api.md), or null for the usual ones.</param>
    public static async Task<SettlementCaller> CreateAsync(SettlementEnvironment environment, NpgsqlDataSource database, string prefix, string creditor, object? timeouts = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = environment.ApiAddress };
        var caller = new SettlementCaller(http, prefix, creditor, timeouts);
        await EnvironmentSamples.PublishScreeningListAsync(database, CancellationToken.None);
        var accounts = Enumerable.Range(0, Accounts).Select(i => new SampleAccount(Id: caller.Account(i), Currency: Currency, OpeningBalance: "10000000.00", Name: "Benchmark payer"));
        await new SampleAccounts(database, TimeProvider.System).OpenAsync([.. accounts], DemoUsers.Entity, EnvironmentSamples.BankName, CancellationToken.None);
        using var login = await http.PostAsJsonAsync("/api/v1/auth/login", new { Username = DemoUsers.Starter, Password = environment.Secrets.UserPassword }, Snake);
        login.EnsureSuccessStatusCode();
        using var token = JsonDocument.Parse(await login.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.RootElement.GetProperty("access_token").GetString());
        return caller;
    }

    /// <summary>Asks for the <paramref name="i"/>th settlement of a round; its reference.</summary>
    /// <exception cref="InvalidOperationException">The API did not take it.</exception>
    public async Task<string> PostAsync(int i, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/settlements")
        {
            Content = JsonContent.Create(
                new
                {
                    Kind = "cash",
                    DebtorAccountId = Account(i % Accounts),
                    Creditor = new { Account = creditor, Name = "Northwind Parts", Country = "US", Bank = EnvironmentSamples.BankName },
                    Amount = "1.00",
                    Currency,
                    Rail = "SAMPLE-24X7",
                    Calendars,
                    Timeouts = timeouts,
                },
                options: Snake),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"POST /settlements answered {(int)response.StatusCode}: {body}");
        using var reply = JsonDocument.Parse(body);
        return reply.RootElement.GetProperty("reference").GetString()!;
    }

    public void Dispose() => http.Dispose();

    private string Account(int i) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");
}
