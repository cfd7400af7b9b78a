using Settlement.AppHost.Launch;
using Settlement.Benchmarks.Measures;
using Settlement.Benchmarks.Records;

namespace Settlement.Benchmarks.Server;

/// <summary>
/// Our server beside the official dev server, both durable, under the same load of the same official Go worker: workflows of five
/// activities, 50 open, in alternating rounds of one run; then one at a time.
/// </summary>
internal static class ServerBenchmark
{
    private const string Workflow = "settle5";
    private const int Open = 50;
    private const int DefaultCount = 500;
    private const int SingleCount = 20;

    /// <summary>The official server settles about a tenth in the same time; its rounds are shorter, so that both take seconds.</summary>
    private const int OfficialShare = 4;

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments)
    {
        var state = StateFolder.CreateForRun();
        var count = arguments.Count ?? DefaultCount;
        await using var ours = await ServerUnderTest.StartOursAsync(state.Path);
        await using var official = await ServerUnderTest.StartOfficialAsync(state.Path);
        ours.Peer.Start();
        official.Peer.Start();
        await ours.LoadAsync(Workflow, count, Open);
        await official.LoadAsync(Workflow, count / OfficialShare, Open);

        var mine = new List<ServerLoad>();
        var theirs = new List<ServerLoad>();
        for (var round = 1; round <= arguments.Rounds; round++)
        {
            mine.Add(await ours.LoadAsync(Workflow, count, Open));
            theirs.Add(await official.LoadAsync(Workflow, Math.Max(count / OfficialShare, Open), Open));
            Console.Error.WriteLine($"round {round}: ours {Text(mine[^1])}; official {Text(theirs[^1])}");
        }

        var singleMine = await ours.LoadAsync(Workflow, SingleCount, open: 1);
        var singleTheirs = await official.LoadAsync(Workflow, SingleCount, open: 1);
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
