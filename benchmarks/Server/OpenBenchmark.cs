using System.Diagnostics;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Temporal;
using Settlement.Benchmarks.Measures;
using Settlement.Benchmarks.Records;
using Temporalio.Client;

namespace Settlement.Benchmarks.Server;

/// <summary>
/// 100,000 workflows that wait on timers: the server's memory, how long it is away when it is killed and started again, and how late
/// timers fire that come due afterwards: 25 a second one by one, which the limit is for, and then many at the same instant, which
/// is another thing: there the last waits for all others to be written. There is no peer: the figures stand beside the limits that issue 4 sets.
/// </summary>
internal static class OpenBenchmark
{
    private const int DefaultCount = 100_000;
    private const int Watched = 500;
    private const int AtOnce = 2000;
    private const double MemoryLimitMegabytes = 1024;
    private const double RestartLimitSeconds = 20;
    private const double LatenessLimitMilliseconds = 1000;

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments)
    {
        var state = StateFolder.CreateForRun();
        var count = arguments.Count ?? DefaultCount;
        await using var environment = await LoadedServer.StartAsync(state, "waiting", count);
        var (server, client) = (environment.Server, environment.Client);
        var load = new OpenLoad(client);
        await client.CountWorkflowsAsync("ExecutionStatus = 'Running'");
        var loaded = Memory.ResidentMegabytes(server.Process.Id);
        Console.Error.WriteLine($"{count} wait; the server holds {loaded:0} MB");

        // Those that are watched come due one by one after the restart.
        var first = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(180);
        DateTimeOffset Due(int i) => first + TimeSpan.FromMilliseconds(i * 40);
        await load.StartAsync("watched", Watched, Due);
        var together = Due(Watched) + TimeSpan.FromSeconds(30);
        await load.StartAsync("together", AtOnce, _ => together);
        var restart = await RestartAsync(server, client);
        if (DateTimeOffset.UtcNow > first)
            throw new InvalidOperationException("The machine is too slow today: timers came due before the server was back, so that their lateness would say nothing.");
        var restarted = Memory.ResidentMegabytes(server.Process.Id);
        Console.Error.WriteLine($"killed and back in {restart.TotalSeconds:0.0} s with {restarted:0} MB");

        await Task.Delay(Positive(Due(Watched) - DateTimeOffset.UtcNow));
        var late = await load.LatenessAsync("watched", Watched, Due);
        var peak = Memory.PeakMegabytes(server.Process.Id);
        Console.Error.WriteLine($"timers fired late by p50 {Percentiles.At(late, 0.5):0} ms, p99 {Percentiles.At(late, 0.99):0} ms, at most {late.Max():0} ms");
        await Task.Delay(Positive(together - DateTimeOffset.UtcNow));
        var crowd = await load.LatenessAsync("together", AtOnce, _ => together);
        Console.Error.WriteLine($"{AtOnce} timers of one instant fired late by p50 {Percentiles.At(crowd, 0.5):0} ms, at most {crowd.Max():0} ms");
        state.Release();
        var worst = Math.Max(loaded, Math.Max(restarted, peak));
        return new BenchmarkRecord(
            "open",
            worst,
            MemoryLimitMegabytes,
            Math.Round(MemoryLimitMegabytes / worst, 2),
            "MB of the server",
            $"{count} open workflows, each on a timer, in PostgreSQL, written by temporal-dev load; limits in place of a peer: {MemoryLimitMegabytes} MB, restart after SIGKILL {RestartLimitSeconds} s, timers {LatenessLimitMilliseconds} ms late where {Watched} come due 40 ms apart; {Environment.ProcessorCount} cores",
            [new BenchmarkRound(worst, MemoryLimitMegabytes)],
            new Dictionary<string, object>
            {
                ["memory_mb_loaded"] = Math.Round(loaded),
                ["memory_mb_after_restart"] = Math.Round(restarted),
                ["memory_mb_peak_after_restart"] = Math.Round(peak),
                ["restart_seconds"] = Math.Round(restart.TotalSeconds, 2),
                ["restart_limit_over_measured"] = Math.Round(RestartLimitSeconds / restart.TotalSeconds, 2),
                ["timer_lateness_p50_ms"] = Math.Round(Percentiles.At(late, 0.5), 1),
                ["timer_lateness_p99_ms"] = Math.Round(Percentiles.At(late, 0.99), 1),
                ["timer_lateness_max_ms"] = Math.Round(late.Max(), 1),
                ["lateness_limit_over_measured"] = Math.Round(LatenessLimitMilliseconds / late.Max(), 2),
                [$"lateness_of_{AtOnce}_at_one_instant_p50_ms"] = Math.Round(Percentiles.At(crowd, 0.5), 1),
                [$"lateness_of_{AtOnce}_at_one_instant_max_ms"] = Math.Round(crowd.Max(), 1),
            });
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    /// <summary>From SIGKILL until the server counts all that wait.</summary>
    private static async Task<TimeSpan> RestartAsync(TemporalServer server, ITemporalClient client)
    {
        var watch = Stopwatch.StartNew();
        await server.Process.KillAsync();
        await server.StartAsync(CancellationToken.None);
        await client.CountWorkflowsAsync("ExecutionStatus = 'Running'");
        return watch.Elapsed;
    }
}
