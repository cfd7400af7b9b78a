using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;
using Settlement.Benchmarks.Measures;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.Benchmarks.Settlements;

/// <summary>
/// Drives settlements as an outside caller would: POST to the API, then waits for the workflow's result, so many at once. Latency is from
/// the call to the result, which is the confirmation that the caller waits for.
/// </summary>
internal sealed class SettlementLoad : IAsyncDisposable
{
    private const int Accounts = 20;
    private const string Currency = "USD";
    private static readonly string[] Calendars = ["SAMPLE-24X7"];
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient http;
    private readonly ITemporalClient temporal;
    private readonly string prefix = "BENCH-" + Guid.NewGuid().ToString("N")[..8];

    private SettlementLoad(HttpClient http, ITemporalClient temporal)
    {
        this.http = http;
        this.temporal = temporal;
    }

    /// <summary>Signs in and opens the payers' accounts, with more money than any round can spend.</summary>
    public static async Task<SettlementLoad> CreateAsync(SettlementHouse house)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = house.ApiAddress };
        var temporal = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(house.TemporalAddress));
        var load = new SettlementLoad(http, temporal);
        await load.OpenAccountsAsync(house.DatabaseUrl);
        using var login = await http.PostAsJsonAsync("/api/v1/auth/login", new { Username = DemoUsers.Starter, Password = house.Secrets.UserPassword }, Snake);
        login.EnsureSuccessStatusCode();
        using var token = JsonDocument.Parse(await login.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.RootElement.GetProperty("access_token").GetString());
        return load;
    }

    /// <summary>Settles <paramref name="count"/> with at most <paramref name="open"/> under way. Any that does not end SETTLED fails the run.</summary>
    public async Task<SettlementLoadResult> RunAsync(int count, int open)
    {
        var milliseconds = new ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = open }, async (i, cancellationToken) =>
        {
            var started = Stopwatch.GetTimestamp();
            var reference = await PostAsync(i, cancellationToken);
            var result = await temporal.GetWorkflowHandle<ISettlementWorkflow, SettlementResult>(SettlementReference.WorkflowId(reference)).GetResultAsync();
            if (result.Status != SettlementStatus.Settled)
                throw new InvalidOperationException($"Settlement {reference} ended {result.Status}: {result.Failure} {result.Detail}");
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        });
        var all = milliseconds.ToList();
        return new SettlementLoadResult(count / watch.Elapsed.TotalSeconds, Percentiles.At(all, 0.50), Percentiles.At(all, 0.99));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> PostAsync(int i, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/settlements")
        {
            Content = JsonContent.Create(
                new
                {
                    Kind = "cash",
                    DebtorAccountId = AccountNumber(i % Accounts),
                    Creditor = new { Account = "NW-7781", Name = "Northwind Parts", Country = "US", Bank = HouseSamples.BankName },
                    Amount = "1.00",
                    Currency,
                    Rail = "SAMPLE-24X7",
                    Calendars,
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

    private string AccountNumber(int i) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");

    private async Task OpenAccountsAsync(string databaseUrl)
    {
        await using var source = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(databaseUrl));
        await HouseSamples.PublishScreeningListAsync(source, CancellationToken.None);
        var accounts = Enumerable.Range(0, Accounts).Select(i => new SampleAccount(Id: AccountNumber(i), Currency: Currency, OpeningBalance: "10000000.00", Name: "Benchmark payer"));
        await new SampleAccounts(source, TimeProvider.System).OpenAsync([.. accounts], DemoUsers.Entity, HouseSamples.BankName, CancellationToken.None);
    }
}
