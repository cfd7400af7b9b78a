using Settlement.AppHost.Launch;
using Settlement.AppHost.Temporal;
using Settlement.Benchmarks.Measures;
using Settlement.Benchmarks.Records;

namespace Settlement.Benchmarks.Rollback;

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

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments)
    {
        var state = StateFolder.CreateForRun();
        var options = new EnvironmentOptions { State = state, Temporal = TemporalChoice.Resolve(arguments.Temporal), DocumentedPorts = false, WebUi = false };
        await using var environment = await SettlementEnvironment.StartAsync(options, Console.Error.WriteLine, CancellationToken.None);
        await using var load = await RollbackLoad.CreateAsync(environment);
        await load.RunAsync(WarmUp, BurstPerSecond);
        var full = (await load.RunAsync(Burst, BurstPerSecond)).PerSecond;
        Console.Error.WriteLine($"full rate: {full:0.0} rollbacks a second; measured at a third of it");
        var rounds = new List<RollbackResult>();
        for (var round = 1; round <= arguments.Rounds; round++)
        {
            rounds.Add(await load.RunAsync(arguments.Count ?? DefaultCount, full / Share));
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
