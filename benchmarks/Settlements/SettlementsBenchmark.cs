using Settlement.AppHost.Launch;
using Settlement.AppHost.Temporal;
using Settlement.Benchmarks.Measures;
using Settlement.Benchmarks.Peers;
using Settlement.Benchmarks.Records;

namespace Settlement.Benchmarks.Settlements;

/// <summary>
/// Settlements per second end to end (API, Temporal, worker, PostgreSQL, bank; durable everywhere) beside the official Go worker's
/// workflows of five empty activities, on the same server in the same run, alternating; and beside pgbench on the same cluster.
/// </summary>
internal static class SettlementsBenchmark
{
    private const int Open = 50;
    private const int DefaultCount = 300;
    private const int WarmUp = 600;
    private const int PgbenchSeconds = 10;

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments)
    {
        var state = StateFolder.CreateForRun();
        var count = arguments.Count ?? DefaultCount;
        var options = new EnvironmentOptions { State = state, Temporal = TemporalChoice.Resolve(arguments.Temporal), DocumentedPorts = false, WebUi = false };
        await using var environment = await SettlementEnvironment.StartAsync(options, Console.Error.WriteLine, CancellationToken.None);
        await using var peer = new TemporalPeer(environment.TemporalAddress, state.Logs);
        using var load = await SettlementLoad.CreateAsync(environment);
        peer.Start();
        var cold = await WarmUpAsync(environment, load, peer);

        var cpu = new CpuMeter(ProcessIds(environment, peer));
        var ours = new List<SettlementLoadResult>();
        var theirs = new List<PeerLoad>();
        for (var round = 1; round <= arguments.Rounds; round++)
        {
            ours.Add(await load.RunAsync(count, Open));
            theirs.Add(await peer.LoadAsync("settle5", count, Open));
            Console.Error.WriteLine($"round {round}: settlements {ours[^1].PerSecond:0.0}/s p50 {ours[^1].P50Milliseconds:0} ms p99 {ours[^1].P99Milliseconds:0} ms, temporal-peer settle5 {theirs[^1].PerSecond:0.0}/s p99 {theirs[^1].P99Milliseconds:0} ms");
        }

        var spent = cpu.MillisecondsPer(count * arguments.Rounds);
        var transactions = await PgbenchAsync(environment);
        state.Release();
        return Record(environment, options.Temporal, arguments, new Measured(count, ours, theirs, spent, transactions, cold));
    }

    /// <summary>
    /// An environment that has just started spends most of its CPU on compiling its own code, which a running one does not; both are worth knowing, so this is
    /// recorded too, apart from the rounds.
    /// </summary>
    private static async Task<Dictionary<string, object>> WarmUpAsync(SettlementEnvironment environment, SettlementLoad load, TemporalPeer peer)
    {
        var cpu = new CpuMeter(ProcessIds(environment, peer));
        var first = await load.RunAsync(WarmUp, Open);
        Console.Error.WriteLine($"warm-up: {WarmUp} settlements {first.PerSecond:0.0}/s p50 {first.P50Milliseconds:0} ms p99 {first.P99Milliseconds:0} ms");
        var spent = cpu.MillisecondsPer(WarmUp);
        await peer.LoadAsync("settle5", WarmUp, Open);
        return new Dictionary<string, object>
        {
            ["settlements"] = WarmUp,
            ["per_second"] = Math.Round(first.PerSecond, 2),
            ["confirmation_p99_ms"] = Math.Round(first.P99Milliseconds),
            ["cpu_ms_per_settlement"] = spent,
        };
    }

    private static BenchmarkRecord Record(SettlementEnvironment environment, TemporalChoice temporal, BenchmarkArguments arguments, Measured measured)
    {
        var (count, ours, theirs, cpu, pgbench, cold) = measured;
        var rounds = ours.Zip(theirs, (o, t) => new BenchmarkRound(Math.Round(o.PerSecond, 2), Math.Round(t.PerSecond, 2))).ToList();
        var ratio = Percentiles.Median([.. rounds.Select(r => r.Ours / r.Peer)]);
        var mine = Percentiles.Median([.. rounds.Select(r => r.Ours)]);
        var server = temporal.Kind switch
        {
            TemporalServerKind.Embedded => "temporal-dev on PostgreSQL (embedded)",
            TemporalServerKind.CommandLine => "temporal server start-dev --db-filename",
            _ => environment.TemporalAddress,
        };
        return new BenchmarkRecord(
            "settlements",
            mine,
            Percentiles.Median([.. rounds.Select(r => r.Peer)]),
            Math.Round(ratio, 3),
            "finished per second",
            $"{Open} open, {count} a round, {arguments.Rounds} alternating rounds after {WarmUp} to warm up, median; server: {server}; fsync on in PostgreSQL, Temporal and bank; peer: temporal-peer settle5 (five empty activities); {Environment.ProcessorCount} cores",
            rounds,
            new Dictionary<string, object>
            {
                ["settlements_per_minute"] = Math.Round(mine * 60),
                ["confirmation_p50_ms"] = Math.Round(Percentiles.Median([.. ours.Select(o => o.P50Milliseconds)])),
                ["confirmation_p99_ms"] = Math.Round(Percentiles.Median([.. ours.Select(o => o.P99Milliseconds)])),
                ["peer_p50_ms"] = Math.Round(Percentiles.Median([.. theirs.Select(t => t.P50Milliseconds)])),
                ["peer_p99_ms"] = Math.Round(Percentiles.Median([.. theirs.Select(t => t.P99Milliseconds)])),
                ["pgbench_tps_8_clients"] = pgbench is { } tps ? Math.Round(tps) : "not run: DATABASE_URL names a cluster of somebody else",
                ["cpu_ms_per_settlement_and_peer_workflow"] = cpu,
                ["warm_up"] = cold,
            });
    }

    private static async Task<double?> PgbenchAsync(SettlementEnvironment environment)
    {
        if (environment.Postgres is not { } postgres)
            return null;
        await postgres.CreateDatabaseAsync("pgbench", CancellationToken.None);
        return await Pgbench.RunAsync(postgres.Binaries, postgres.Url("pgbench"), PgbenchSeconds);
    }

    private static Dictionary<string, int> ProcessIds(SettlementEnvironment environment, TemporalPeer peer)
    {
        var ids = new Dictionary<string, int> { ["api"] = environment.Api.Id, ["worker"] = environment.Worker.Id, ["bank"] = environment.Bank.Id, ["peer-worker"] = peer.WorkerId };
        if (environment.Postgres is { } postgres)
            ids["postgres"] = postgres.Process.Id;
        if (environment.Temporal is { } temporal)
            ids["temporal (both loads)"] = temporal.Process.Id;
        return ids;
    }

    /// <param name="Count">Settlements a round.</param>
    /// <param name="Ours">Our rounds.</param>
    /// <param name="Theirs">The peer's.</param>
    /// <param name="Cpu">CPU milliseconds per settlement (and peer workflow), by process.</param>
    /// <param name="Pgbench">Transactions a second on the same cluster, or null.</param>
    /// <param name="Cold">The warm-up's own figures.</param>
    private sealed record Measured(
        int Count, List<SettlementLoadResult> Ours, List<PeerLoad> Theirs, IReadOnlyDictionary<string, double> Cpu, double? Pgbench, IReadOnlyDictionary<string, object> Cold);
}
