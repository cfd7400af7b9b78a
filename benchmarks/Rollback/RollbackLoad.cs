using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.Benchmarks.Callers;
using Settlement.Database;

namespace Settlement.Benchmarks.Rollback;

/// <summary>
/// Payments that the bank rejects at once, sent at a steady rate whether or not the earlier ones are done (so that a stall is measured and
/// not waited out), and the moments at which their funds came free, read from the database afterwards.
/// </summary>
internal sealed class RollbackLoad : IAsyncDisposable
{
    private const string Creditor = "BENCH-REJECTED";
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(2);

    private readonly SettlementCaller caller;
    private readonly HttpClient bank;
    private readonly NpgsqlDataSource database;

    private RollbackLoad(SettlementCaller caller, HttpClient bank, NpgsqlDataSource database)
    {
        this.caller = caller;
        this.bank = bank;
        this.database = database;
    }

    /// <summary>Opens the payers' accounts, tells the bank to reject, signs in.</summary>
    public static async Task<RollbackLoad> CreateAsync(SettlementEnvironment environment)
    {
        var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        var bank = new HttpClient { BaseAddress = environment.BankAddress };
        var caller = await SettlementCaller.CreateAsync(environment, database, "ROLL", Creditor, new { RetryAttempts = 0 });
        using var script = await bank.PostAsJsonAsync(
            "scripts", new { Match = new { CreditorAccount = Creditor }, Steps = new[] { new { Outcome = "reject", ReasonCode = "AC04" } } }, SettlementCaller.Snake);
        script.EnsureSuccessStatusCode();
        return new RollbackLoad(caller, bank, database);
    }

    /// <summary>Sends <paramref name="count"/> at <paramref name="perSecond"/> and waits until all funds are free.</summary>
    public async Task<RollbackResult> RunAsync(int count, double perSecond)
    {
        var watch = Stopwatch.StartNew();
        var before = await DoneAsync();
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        var sent = new List<Task>();
        for (var i = 0; i < count && await ticks.WaitForNextTickAsync(); i++)
            sent.Add(caller.PostAsync(i, CancellationToken.None));
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
        caller.Dispose();
        bank.Dispose();
        await database.DisposeAsync();
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
}
