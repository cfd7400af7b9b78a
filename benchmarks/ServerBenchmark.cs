using Settlement.AppHost.Launch;
using Settlement.AppHost.Postgres;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;

namespace Settlement.Benchmarks;

/// <summary>
/// Our server beside the official dev server, both durable, under the same load of the same official Go worker: workflows of five
/// activities, 50 open, in alternating rounds of one run; then one at a time.
/// </summary>
internal static class ServerBenchmark
{
    private const int Open = 50;
    private const int DefaultCount = 500;
    private const int SingleCount = 20;

    /// <summary>The official server settles about a tenth in the same time; its rounds are shorter, so that both take seconds.</summary>
    private const int OfficialShare = 4;

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments, CancellationToken cancellationToken)
    {
        var state = StateFolder.CreateForRun();
        var count = arguments.Count ?? DefaultCount;
        await using var ours = await ServerUnderTest.StartOursAsync(state.Path, cancellationToken);
        await using var official = await ServerUnderTest.StartOfficialAsync(state.Path, cancellationToken);
        ours.Peer.Start();
        official.Peer.Start();
        await ours.LoadAsync(count, Open, cancellationToken);
        await official.LoadAsync(count / OfficialShare, Open, cancellationToken);

        var mine = new List<ServerLoad>();
        var theirs = new List<ServerLoad>();
        for (var round = 1; round <= arguments.Rounds; round++)
        {
            mine.Add(await ours.LoadAsync(count, Open, cancellationToken));
            theirs.Add(await official.LoadAsync(Math.Max(count / OfficialShare, Open), Open, cancellationToken));
            Console.Error.WriteLine($"round {round}: ours {Text(mine[^1])}; official {Text(theirs[^1])}");
        }

        var singleMine = await ours.LoadAsync(SingleCount, open: 1, cancellationToken);
        var singleTheirs = await official.LoadAsync(SingleCount, open: 1, cancellationToken);
        Console.Error.WriteLine($"one at a time: ours {Text(singleMine)}; official {Text(singleTheirs)}");
        var record = Record(arguments, count, mine, theirs, (singleMine, singleTheirs), (ours.PeakMegabytes, official.PeakMegabytes));
        state.Release();
        return record;
    }

    private static BenchmarkRecord Record(
        BenchmarkArguments arguments, int count, List<ServerLoad> mine, List<ServerLoad> theirs, (ServerLoad Ours, ServerLoad Official) single, (double Ours, double Official) memory)
    {
        var rounds = mine.Zip(theirs, (o, t) => new BenchmarkRound(Math.Round(o.Load.PerSecond, 2), Math.Round(t.Load.PerSecond, 2))).ToList();
        var cpu = (Ours: Median(mine, l => l.ServerCpuMilliseconds), Official: Median(theirs, l => l.ServerCpuMilliseconds));
        return new BenchmarkRecord(
            "server",
            Percentiles.Median([.. rounds.Select(r => r.Ours)]),
            Percentiles.Median([.. rounds.Select(r => r.Peer)]),
            Math.Round(Percentiles.Median([.. rounds.Select(r => r.Ours / r.Peer)]), 2),
            "workflows of five activities finished per second",
            $"{Open} open, {count} a round of ours and {count / OfficialShare} of the peer's, {arguments.Rounds} alternating rounds, median; ours: temporal-dev on PostgreSQL, fsync on; "
            + $"peer: temporal server start-dev --db-filename; worker and load of both: temporal-peer (official Go SDK); {Environment.ProcessorCount} cores shared by all",
            rounds,
            new Dictionary<string, object>
            {
                ["cpu_ms_per_workflow_server_with_database"] = Pair(cpu.Ours, cpu.Official),
                ["cpu_ms_per_workflow_postgres"] = Math.Round(Median(mine, l => l.PostgresCpuMilliseconds), 2),
                ["cpu_ms_per_workflow_worker"] = Pair(Median(mine, l => l.WorkerCpuMilliseconds), Median(theirs, l => l.WorkerCpuMilliseconds)),
                ["p50_ms"] = Pair(Median(mine, l => l.Load.P50Milliseconds), Median(theirs, l => l.Load.P50Milliseconds)),
                ["p99_ms"] = Pair(Median(mine, l => l.Load.P99Milliseconds), Median(theirs, l => l.Load.P99Milliseconds)),
                ["one_at_a_time_p50_ms"] = Pair(single.Ours.Load.P50Milliseconds, single.Official.Load.P50Milliseconds),
                ["one_at_a_time_p99_ms"] = Pair(single.Ours.Load.P99Milliseconds, single.Official.Load.P99Milliseconds),
                ["server_peak_mb"] = Pair(memory.Ours, memory.Official),
            })
        {
            CpuRatio = Math.Round(cpu.Official / cpu.Ours, 2),
        };
    }

    private static double Median(List<ServerLoad> loads, Func<ServerLoad, double> figure) => Percentiles.Median([.. loads.Select(figure)]);

    private static Dictionary<string, double> Pair(double ours, double official) => new(StringComparer.Ordinal) { ["ours"] = Math.Round(ours, 2), ["peer"] = Math.Round(official, 2) };

    private static string Text(ServerLoad load) =>
        $"{load.Load.PerSecond:0.0}/s p50 {load.Load.P50Milliseconds:0} ms p99 {load.Load.P99Milliseconds:0} ms, {load.ServerCpuMilliseconds:0.0} ms of CPU each";
}

/// <summary>One of the two servers, durable, with an official Go worker of its own.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly PrivatePostgres? postgres;

    private ServerUnderTest(TemporalServer server, PrivatePostgres? postgres, string folder)
    {
        Server = server;
        this.postgres = postgres;
        Peer = new TemporalPeer(server.Address, folder);
    }

    public TemporalServer Server { get; }

    public TemporalPeer Peer { get; }

    /// <summary>Ours: state in a PostgreSQL cluster of its own, whose CPU and memory count as the server's.</summary>
    public static async Task<ServerUnderTest> StartOursAsync(string folder, CancellationToken cancellationToken)
    {
        var postgres = await PrivatePostgres.StartAsync(Path.Combine(folder, "postgres"), FreePort.Any(), Path.Combine(folder, "postgres.log"), Console.Error.WriteLine, cancellationToken);
        await postgres.CreateDatabaseAsync("temporal", cancellationToken);
        var server = TemporalServer.Embedded(FreePort.Any(), postgres.Url("temporal"), Path.Combine(folder, "ours.log"));
        await server.StartAsync(cancellationToken);
        return new ServerUnderTest(server, postgres, Path.Combine(folder, "ours"));
    }

    /// <summary>The official dev server, its state in a SQLite file.</summary>
    public static async Task<ServerUnderTest> StartOfficialAsync(string folder, CancellationToken cancellationToken)
    {
        var executable = Oracles.TemporalCli ?? throw new UserErrorException("This benchmark compares with the temporal executable of ../shared/temporal, which is not here.");
        var server = TemporalServer.CommandLine(executable, FreePort.Any(), uiPort: null, Path.Combine(folder, "official.db"), Path.Combine(folder, "official.log"));
        await server.StartAsync(cancellationToken);
        return new ServerUnderTest(server, postgres: null, Path.Combine(folder, "official"));
    }

    /// <summary>Runs a load and measures the CPU that the server (with its database) and the worker spent on each workflow.</summary>
    public async Task<ServerLoad> LoadAsync(int count, int open, CancellationToken cancellationToken)
    {
        var cpu = new CpuMeter(Processes());
        var load = await Peer.LoadAsync(count, open, cancellationToken);
        var spent = cpu.MillisecondsPer(count);
        return new ServerLoad(load, spent["server"] + spent.GetValueOrDefault("postgres"), spent.GetValueOrDefault("postgres"), spent["worker"]);
    }

    /// <summary>The most memory that the server has held, in megabytes; PostgreSQL's shared buffers are not counted.</summary>
    public double PeakMegabytes
    {
        get
        {
            using var process = System.Diagnostics.Process.GetProcessById(Server.Process.Id);
            return process.PeakWorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await Server.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
    }

    private Dictionary<string, int> Processes()
    {
        var processes = new Dictionary<string, int>(StringComparer.Ordinal) { ["server"] = Server.Process.Id, ["worker"] = Peer.WorkerId };
        if (postgres is not null)
            processes["postgres"] = postgres.Process.Id;
        return processes;
    }
}

/// <summary>One load on one server.</summary>
/// <param name="Load">What the generator measured.</param>
/// <param name="ServerCpuMilliseconds">CPU per workflow of the server and its database.</param>
/// <param name="PostgresCpuMilliseconds">The database's share of it; 0 where it is inside the server.</param>
/// <param name="WorkerCpuMilliseconds">CPU per workflow of the official Go worker.</param>
internal sealed record ServerLoad(PeerLoad Load, double ServerCpuMilliseconds, double PostgresCpuMilliseconds, double WorkerCpuMilliseconds);
