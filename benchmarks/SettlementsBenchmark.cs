using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.Benchmarks;

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

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments, CancellationToken cancellationToken)
    {
        var state = StateFolder.CreateForRun();
        var count = arguments.Count ?? DefaultCount;
        var options = new EnvironmentOptions { State = state, Temporal = TemporalChoice.Resolve(arguments.Temporal), DocumentedPorts = false, WebUi = false };
        await using var environment = await SettlementEnvironment.StartAsync(options, Console.Error.WriteLine, cancellationToken);
        await using var peer = new TemporalPeer(environment.TemporalAddress, state.Logs);
        using var load = await SettlementLoad.CreateAsync(environment, cancellationToken);
        peer.Start();
        var cold = await WarmUpAsync(environment, load, peer, cancellationToken);

        var cpu = new CpuMeter(ProcessIds(environment, peer));
        var ours = new List<SettlementLoadResult>();
        var theirs = new List<PeerLoad>();
        for (var round = 1; round <= arguments.Rounds; round++)
        {
            ours.Add(await load.RunAsync(count, Open, cancellationToken));
            theirs.Add(await peer.LoadAsync(count, Open, cancellationToken));
            Console.Error.WriteLine($"round {round}: settlements {ours[^1].PerSecond:0.0}/s p50 {ours[^1].P50Milliseconds:0} ms p99 {ours[^1].P99Milliseconds:0} ms, temporal-peer settle5 {theirs[^1].PerSecond:0.0}/s p99 {theirs[^1].P99Milliseconds:0} ms");
        }

        var spent = cpu.MillisecondsPer(count * arguments.Rounds);
        var transactions = await PgbenchAsync(environment, cancellationToken);
        state.Release();
        return Record(environment, options.Temporal, arguments, new Measured(count, ours, theirs, spent, transactions, cold));
    }

    /// <summary>
    /// An environment that has just started spends most of its CPU on compiling its own code, which a running one does not; both are worth knowing, so this is
    /// recorded too, apart from the rounds.
    /// </summary>
    private static async Task<Dictionary<string, object>> WarmUpAsync(SettlementEnvironment environment, SettlementLoad load, TemporalPeer peer, CancellationToken cancellationToken)
    {
        var cpu = new CpuMeter(ProcessIds(environment, peer));
        var first = await load.RunAsync(WarmUp, Open, cancellationToken);
        Console.Error.WriteLine($"warm-up: {WarmUp} settlements {first.PerSecond:0.0}/s p50 {first.P50Milliseconds:0} ms p99 {first.P99Milliseconds:0} ms");
        var spent = cpu.MillisecondsPer(WarmUp);
        await peer.LoadAsync(WarmUp, Open, cancellationToken);
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

    private static async Task<double?> PgbenchAsync(SettlementEnvironment environment, CancellationToken cancellationToken)
    {
        if (environment.Postgres is not { } postgres)
            return null;
        await postgres.CreateDatabaseAsync("pgbench", cancellationToken);
        return await Pgbench.RunAsync(postgres.Binaries, postgres.Url("pgbench"), PgbenchSeconds, cancellationToken);
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

/// <summary>
/// Drives settlements as an outside caller would: POST to the API, then waits for the workflow's result, so many at once. Latency is from
/// the call to the result, which is the confirmation that the caller waits for.
/// </summary>
internal sealed class SettlementLoad : IDisposable
{
    private const string Creditor = "NW-7781";

    private readonly SettlementCaller caller;
    private readonly ITemporalClient temporal;

    private SettlementLoad(SettlementCaller caller, ITemporalClient temporal)
    {
        this.caller = caller;
        this.temporal = temporal;
    }

    /// <summary>Signs in and opens the payers' accounts.</summary>
    public static async Task<SettlementLoad> CreateAsync(SettlementEnvironment environment, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        var caller = await SettlementCaller.CreateAsync(environment, database, "BENCH", Creditor, null, cancellationToken);
        return new SettlementLoad(caller, await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(environment.TemporalAddress)));
    }

    /// <summary>Settles <paramref name="count"/> with at most <paramref name="open"/> under way. Any that does not end SETTLED fails the run.</summary>
    public async Task<SettlementLoadResult> RunAsync(int count, int open, CancellationToken cancellationToken)
    {
        var milliseconds = new ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = open, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var started = Stopwatch.GetTimestamp();
            var reference = await caller.PostAsync(i, token);
            var result = await temporal.GetWorkflowHandle<ISettlementWorkflow, SettlementResult>(SettlementReference.WorkflowId(reference)).GetResultAsync(rpcOptions: new RpcOptions { CancellationToken = token });
            if (result.Status != SettlementStatus.Settled)
                throw new InvalidOperationException($"Settlement {reference} ended {result.Status}: {result.Failure} {result.Detail}");
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        });
        var all = milliseconds.ToList();
        return new SettlementLoadResult(count / watch.Elapsed.TotalSeconds, Percentiles.At(all, 0.50), Percentiles.At(all, 0.99));
    }

    public void Dispose() => caller.Dispose();
}

/// <summary>One round: settlements per second, and milliseconds from POST to result.</summary>
internal sealed record SettlementLoadResult(double PerSecond, double P50Milliseconds, double P99Milliseconds);

/// <summary>PostgreSQL's own benchmark on the same cluster: how many small durable transactions this machine commits per second.</summary>
internal static partial class Pgbench
{
    /// <summary>TPC-B-like transactions per second with 8 clients for <paramref name="seconds"/> seconds.</summary>
    /// <param name="binaries">Folder of the PostgreSQL executables.</param>
    /// <param name="connectionUri">postgresql:// URI of an empty database that may be filled.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<double> RunAsync(string binaries, string connectionUri, int seconds, CancellationToken cancellationToken)
    {
        var program = Path.Combine(binaries, "pgbench");
        await ProcessResult.OutputAsync(program, ["-i", "-q", "-s", "5", connectionUri], cancellationToken: cancellationToken);
        var output = await ProcessResult.OutputAsync(program, ["-n", "-c", "8", "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture), connectionUri], cancellationToken: cancellationToken);
        var match = Tps().Match(output);
        return match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"pgbench printed no tps:\n{output}");
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
