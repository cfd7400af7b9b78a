using System.Diagnostics;
using Settlement.AppHost.Launch;
using Settlement.Benchmarks.Measures;
using Settlement.Benchmarks.Records;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Settlement.Benchmarks.Server;

/// <summary>A million closed workflows, written by the documented generator: how long lists and counts with a filter take. The peer is the limit of 100 ms.</summary>
internal static class ClosedBenchmark
{
    private const int DefaultCount = 1_000_000;
    private const int Asked = 15;
    private const int PageSize = 100;
    private const int LargestPage = 1000;
    private const double LimitMilliseconds = 100;

    /// <summary>No counter and no index of PostgreSQL answers it soon: quick only once the server has loaded its own index.</summary>
    private const string Probe = "ExecutionDuration > '30s'";

    private static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(5);

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments)
    {
        var state = StateFolder.CreateForRun();
        var count = arguments.Count ?? DefaultCount;
        await using var loaded = await LoadedServer.StartAsync(state, "closed", count);
        var indexed = await UntilQuickAsync(loaded.Client);
        var details = new Dictionary<string, object>
        {
            ["seconds_from_start_until_any_filter_is_quick"] = Math.Round(indexed.TotalSeconds, 1),
            ["server_mb_indexed"] = Math.Round(Memory.ResidentMegabytes(loaded.Server.Process.Id)),
            ["server_mb_peak"] = Math.Round(Memory.PeakMegabytes(loaded.Server.Process.Id)),
        };
        Console.Error.WriteLine($"any filter is quick {indexed.TotalSeconds:0.0} s after the start; the server holds {details["server_mb_indexed"]} MB");
        var worst = 0.0;
        foreach (var (label, filter) in ClosedFilters.Of(DateTimeOffset.UtcNow))
        {
            var found = (await loaded.Client.CountWorkflowsAsync(filter)).Count;
            var cpu = new CpuMeter(loaded.Processes);
            var list = await MedianAsync(() => PageAsync(loaded.Client, filter, PageSize));
            var counted = await MedianAsync(() => loaded.Client.CountWorkflowsAsync(filter));
            var spent = Math.Round(cpu.MillisecondsPer(2 * Asked).Values.Sum(), 1);
            worst = Math.Max(worst, Math.Max(list, counted));
            details[label] = new Dictionary<string, double> { ["found"] = found, ["list_p50_ms"] = list, ["count_p50_ms"] = counted, ["cpu_ms_per_request"] = spent };
            Console.Error.WriteLine($"{label}: {found} found, list {list} ms, count {counted} ms, {spent} ms of CPU each");
        }

        var large = await MedianAsync(() => PageAsync(loaded.Client, "LoadState = 'done'", LargestPage));
        details[$"page_of_{LargestPage}_p50_ms"] = large;
        Console.Error.WriteLine($"page of {LargestPage}: {large} ms");
        state.Release();
        return new BenchmarkRecord(
            "closed",
            worst,
            LimitMilliseconds,
            Math.Round(LimitMilliseconds / worst, 2),
            "ms, the slowest median",
            $"{count} closed workflows with eight search attributes each in PostgreSQL, {Asked} asked of each, first page of {PageSize}; limit in place of a peer: {LimitMilliseconds} ms; {Environment.ProcessorCount} cores",
            [new BenchmarkRound(worst, LimitMilliseconds)],
            details);
    }

    /// <summary>From now, when the server has just started, until it answers within the limit what it must have an index in memory for.</summary>
    private static async Task<TimeSpan> UntilQuickAsync(ITemporalClient client)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < LoadLimit)
        {
            if (await MillisecondsAsync(() => client.CountWorkflowsAsync(Probe)) < LimitMilliseconds)
                return watch.Elapsed;
            await Task.Delay(100);
        }

        throw new InvalidOperationException($"After {LoadLimit.TotalMinutes} minutes the server still takes more than {LimitMilliseconds} ms to count {Probe}.");
    }

    private static Task<ListWorkflowExecutionsResponse> PageAsync(ITemporalClient client, string filter, int size) =>
        client.Connection.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = client.Options.Namespace, Query = filter, PageSize = size });

    private static async Task<double> MedianAsync(Func<Task> ask)
    {
        var milliseconds = new List<double>();
        for (var i = 0; i < Asked; i++)
            milliseconds.Add(await MillisecondsAsync(ask));
        return Math.Round(Percentiles.Median(milliseconds), 1);
    }

    private static async Task<double> MillisecondsAsync(Func<Task> ask)
    {
        var started = Stopwatch.GetTimestamp();
        await ask();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
