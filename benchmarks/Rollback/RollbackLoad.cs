using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Samples;
using Settlement.Database;

namespace Settlement.Benchmarks.Rollback;

/// <summary>
/// Payments that the bank rejects at once, sent at a steady rate whether or not the earlier ones are done (so that a stall is measured and
/// not waited out), and the moments at which their funds came free, read from the database afterwards.
/// </summary>
internal sealed class RollbackLoad : IAsyncDisposable
{
    private const int Accounts = 20;
    private const string Currency = "USD";
    private const string Creditor = "BENCH-REJECTED";
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(2);
    private static readonly string[] Calendars = ["SAMPLE-24X7"];
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient http;
    private readonly HttpClient bank;
    private readonly NpgsqlDataSource database;
    private readonly string prefix = "ROLL-" + Guid.NewGuid().ToString("N")[..8];

    private RollbackLoad(HttpClient http, HttpClient bank, NpgsqlDataSource database)
    {
        this.http = http;
        this.bank = bank;
        this.database = database;
    }

    /// <summary>Opens the payers' accounts, tells the bank to reject, signs in.</summary>
    public static async Task<RollbackLoad> CreateAsync(SettlementHouse house)
    {
        var load = new RollbackLoad(
            new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = house.ApiAddress },
            new HttpClient { BaseAddress = house.BankAddress },
            NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(house.DatabaseUrl)));
        await HouseSamples.PublishScreeningListAsync(load.database, CancellationToken.None);
        var accounts = Enumerable.Range(0, Accounts).Select(i => new SampleAccount(Id: load.Account(i), Currency: Currency, OpeningBalance: "10000000.00", Name: "Benchmark payer"));
        await new SampleAccounts(load.database, TimeProvider.System).OpenAsync([.. accounts], DemoUsers.Entity, HouseSamples.BankName, CancellationToken.None);
        using var script = await load.bank.PostAsJsonAsync(
            "scripts", new { Match = new { CreditorAccount = Creditor }, Steps = new[] { new { Outcome = "reject", ReasonCode = "AC04" } } }, Snake);
        script.EnsureSuccessStatusCode();
        using var login = await load.http.PostAsJsonAsync("/api/v1/auth/login", new { Username = DemoUsers.Starter, Password = house.Secrets.UserPassword }, Snake);
        login.EnsureSuccessStatusCode();
        using var token = JsonDocument.Parse(await login.Content.ReadAsStringAsync());
        load.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.RootElement.GetProperty("access_token").GetString());
        return load;
    }

    /// <summary>Sends <paramref name="count"/> at <paramref name="perSecond"/> and waits until all funds are free.</summary>
    public async Task<RollbackResult> RunAsync(int count, double perSecond)
    {
        var watch = Stopwatch.StartNew();
        var before = await DoneAsync();
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        var sent = new List<Task>();
        for (var i = 0; i < count && await ticks.WaitForNextTickAsync(); i++)
            sent.Add(PostAsync(i));
        await Task.WhenAll(sent);
        var until = DateTimeOffset.UtcNow + Drain;
        while (await DoneAsync() - before < count)
        {
            if (DateTimeOffset.UtcNow > until)
                throw new InvalidOperationException($"{count - (await DoneAsync() - before)} rollbacks did not end within {Drain.TotalMinutes:0} minutes.");
            await Task.Delay(50);
        }

        var perSecondDone = count / watch.Elapsed.TotalSeconds;
        return new RollbackResult(perSecondDone, await LatenciesAsync(before));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        bank.Dispose();
        await database.DisposeAsync();
    }

    private async Task PostAsync(int i)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/settlements")
        {
            Content = JsonContent.Create(
                new
                {
                    Kind = "cash",
                    DebtorAccountId = Account(i % Accounts),
                    Creditor = new { Account = Creditor, Name = "Northwind Parts", Country = "US", Bank = HouseSamples.BankName },
                    Amount = "1.00",
                    Currency,
                    Rail = "SAMPLE-24X7",
                    Calendars,
                    Timeouts = new { RetryAttempts = 0 },
                },
                options: Snake),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"POST /settlements answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    private async Task<long> DoneAsync()
    {
        await using var count = database.CreateCommand("SELECT count(*) FROM settlement.fund_locks WHERE state = 'VOIDED' AND currency = 'USD'");
        // Two locks each: at the payer, and at our account with the bank.
        return (long)(await count.ExecuteScalarAsync())! / 2;
    }

    /// <summary>
    /// Milliseconds from the bank's decision, as its books date it, to the release: the machine time of the releasing step's checkpoint, which
    /// is sent to the database together with its COMMIT.
    /// </summary>
    private async Task<IReadOnlyList<double>> LatenciesAsync(long skip)
    {
        var decided = await DecisionsAsync();
        await using var read = database.CreateCommand("""
            SELECT i.uetr, c.recorded_at FROM settlement.settlement_operation_checkpoints c
              JOIN settlement.bank_instructions i ON i.settlement_id = c.settlement_id AND i.attempt = c.attempt AND i.kind = 'PAYMENT'
             WHERE c.step = 'void_lock' ORDER BY c.recorded_at OFFSET $1
            """);
        read.Parameters.Add(new() { Value = skip });
        await using var reader = await read.ExecuteReaderAsync();
        var milliseconds = new List<double>();
        while (await reader.ReadAsync())
            milliseconds.Add((reader.GetFieldValue<DateTimeOffset>(1) - decided[reader.GetGuid(0)]).TotalMilliseconds);
        return milliseconds;
    }

    private async Task<Dictionary<Guid, DateTimeOffset>> DecisionsAsync()
    {
        var decided = new Dictionary<Guid, DateTimeOffset>();
        long? after = 0;
        while (after is { } from)
        {
            var page = await bank.GetFromJsonAsync<JsonElement>(string.Create(CultureInfo.InvariantCulture, $"books/payments?after={from}&limit=500&creditor_account={Creditor}"));
            foreach (var row in page.GetProperty("data").EnumerateArray())
                decided[row.GetProperty("uetr").GetGuid()] = row.GetProperty("decided_at").GetDateTimeOffset();
            after = page.TryGetProperty("next_after", out var next) && next.ValueKind == JsonValueKind.Number ? next.GetInt64() : null;
        }

        return decided;
    }

    private string Account(int i) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");
}
