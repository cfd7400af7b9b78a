using System.Diagnostics;
using System.Net.Http.Json;
using Npgsql;
using Settlement.AppHost.Books;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Temporal;
using Settlement.Database;

namespace Settlement.Benchmarks;

/// <summary>
/// How long funds stay locked after the bank has said no: from its rejection to the commit of the release, while it answers at once and the
/// system is loaded to a third of what it can carry. There is no peer; the limit is 200 ms at p99.
/// </summary>
internal static class RollbackBenchmark
{
    private const double LimitMilliseconds = 200;
    private const int DefaultCount = 100;
    private const int WarmUp = 40;
    private const int Burst = 100;
    private const double BurstPerSecond = 500;
    private const double Share = 3;

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments, CancellationToken cancellationToken)
    {
        var state = StateFolder.CreateForRun();
        var options = new EnvironmentOptions { State = state, Temporal = TemporalChoice.Resolve(arguments.Temporal), DocumentedPorts = false, WebUi = false };
        await using var environment = await SettlementEnvironment.StartAsync(options, Console.Error.WriteLine, cancellationToken);
        await using var load = await RollbackLoad.CreateAsync(environment, cancellationToken);
        await load.RunAsync(WarmUp, BurstPerSecond, cancellationToken);
        var full = (await load.RunAsync(Burst, BurstPerSecond, cancellationToken)).PerSecond;
        Console.Error.WriteLine($"full rate: {full:0.0} rollbacks a second; measured at a third of it");
        var rounds = new List<RollbackResult>();
        for (var round = 1; round <= arguments.Rounds; round++)
        {
            rounds.Add(await load.RunAsync(arguments.Count ?? DefaultCount, full / Share, cancellationToken));
            Console.Error.WriteLine($"round {round}: p50 {Percentiles.At(rounds[^1].Milliseconds, 0.50):0} ms, p99 {Percentiles.At(rounds[^1].Milliseconds, 0.99):0} ms");
        }

        state.Release();
        return Record(arguments, full, options.Temporal.Origin, rounds);
    }

    private static BenchmarkRecord Record(BenchmarkArguments arguments, double full, string server, List<RollbackResult> rounds)
    {
        var all = rounds.SelectMany(round => round.Milliseconds).ToList();
        var p99 = Percentiles.At(all, 0.99);
        return new BenchmarkRecord(
            "rollback",
            Math.Round(p99, 1),
            LimitMilliseconds,
            Math.Round(LimitMilliseconds / p99, 3),
            "ms from the bank's rejection to free funds, p99",
            $"limit {LimitMilliseconds:0} ms; {full / Share:0.0} a second, a third of the full rate; {arguments.Count ?? DefaultCount} a round, {arguments.Rounds} rounds; bank answers at once; server: {server}; fsync on everywhere; {Environment.ProcessorCount} cores",
            [.. rounds.Select(round => new BenchmarkRound(Math.Round(Percentiles.At(round.Milliseconds, 0.99), 1), LimitMilliseconds))],
            new Dictionary<string, object>
            {
                ["full_rate_per_second"] = Math.Round(full, 2),
                ["p50_ms"] = Math.Round(Percentiles.At(all, 0.50), 1),
                ["p90_ms"] = Math.Round(Percentiles.At(all, 0.90), 1),
                ["max_ms"] = Math.Round(all.Max(), 1),
                ["rollbacks"] = all.Count,
            });
    }
}

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
    public static async Task<RollbackLoad> CreateAsync(SettlementEnvironment environment, CancellationToken cancellationToken)
    {
        var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        var bank = new HttpClient { BaseAddress = environment.BankAddress };
        var caller = await SettlementCaller.CreateAsync(environment, database, "ROLL", Creditor, new { RetryAttempts = 0 }, cancellationToken);
        using var script = await bank.PostAsJsonAsync(
            "scripts", new { Match = new { CreditorAccount = Creditor }, Steps = new[] { new { Outcome = "reject", ReasonCode = "AC04" } } }, SettlementCaller.Snake, cancellationToken);
        script.EnsureSuccessStatusCode();
        return new RollbackLoad(caller, bank, database);
    }

    /// <summary>Sends <paramref name="count"/> at <paramref name="perSecond"/> and waits until all funds are free.</summary>
    public async Task<RollbackResult> RunAsync(int count, double perSecond, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var before = await DoneAsync();
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        var sent = new List<Task>();
        for (var i = 0; i < count && await ticks.WaitForNextTickAsync(cancellationToken); i++)
            sent.Add(caller.PostAsync(i, cancellationToken));
        await Task.WhenAll(sent);
        var until = DateTimeOffset.UtcNow + Drain;
        while (await DoneAsync() - before < count)
        {
            if (DateTimeOffset.UtcNow > until)
                throw new InvalidOperationException($"{count - (await DoneAsync() - before)} rollbacks did not end within {Drain.TotalMinutes:0} minutes.");
            await Task.Delay(50, cancellationToken);
        }

        var perSecondDone = count / watch.Elapsed.TotalSeconds;
        return new RollbackResult(perSecondDone, await LatenciesAsync(before, cancellationToken));
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
    private async Task<IReadOnlyList<double>> LatenciesAsync(long skip, CancellationToken cancellationToken)
    {
        var decided = await BankBooks.PaymentsAsync(bank, Creditor, cancellationToken)
            .ToDictionaryAsync(row => row.GetProperty("uetr").GetGuid(), row => row.GetProperty("decided_at").GetDateTimeOffset(), cancellationToken: cancellationToken);
        await using var read = database.CreateCommand("""
            SELECT i.uetr, c.recorded_at FROM settlement.settlement_operation_checkpoints c
              JOIN settlement.bank_instructions i ON i.settlement_id = c.settlement_id AND i.attempt = c.attempt AND i.kind = 'PAYMENT'
             WHERE c.step = 'void_lock' ORDER BY c.recorded_at OFFSET $1
            """);
        read.Parameters.Add(new() { Value = skip });
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        var milliseconds = new List<double>();
        while (await reader.ReadAsync(cancellationToken))
            milliseconds.Add((reader.GetFieldValue<DateTimeOffset>(1) - decided[reader.GetGuid(0)]).TotalMilliseconds);
        return milliseconds;
    }
}

/// <summary>One round: rollbacks finished per second, and milliseconds from rejection to free funds, one per settlement.</summary>
internal sealed record RollbackResult(double PerSecond, IReadOnlyList<double> Milliseconds);
