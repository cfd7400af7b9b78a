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
    private const int Asked = 20;
    private const double LimitMilliseconds = 100;

    /// <summary>Filters of different kinds: rare and frequent values, ranges, several at once.</summary>
    private static readonly string[] Filters =
    [
        "ExecutionStatus = 'Failed'",
        "ExecutionStatus = 'Running'",
        "WorkflowType = 'LoadTransfer'",
        "WorkflowType = 'LoadTransfer' AND ExecutionStatus = 'Failed'",
        "LoadGroup = 'group-42'",
        "WorkflowId STARTS_WITH 'nobody'",
    ];

    public static async Task<BenchmarkRecord> RunAsync(BenchmarkArguments arguments)
    {
        var state = StateFolder.CreateForRun();
        var count = arguments.Count ?? DefaultCount;
        await using var loaded = await LoadedServer.StartAsync(state, "closed", count);
        var details = new Dictionary<string, object>();
        var worst = 0.0;
        foreach (var filter in Filters)
        {
            var found = (await loaded.Client.CountWorkflowsAsync(filter)).Count;
            var list = await MedianAsync(() => FirstPageAsync(loaded.Client, filter));
            var counted = await MedianAsync(() => loaded.Client.CountWorkflowsAsync(filter));
            worst = Math.Max(worst, Math.Max(list, counted));
            details[filter] = new Dictionary<string, double> { ["found"] = found, ["list_p50_ms"] = list, ["count_p50_ms"] = counted };
            Console.Error.WriteLine($"{filter}: {found} found, list {list} ms, count {counted} ms");
        }

        state.Release();
        return new BenchmarkRecord(
            "closed",
            worst,
            LimitMilliseconds,
            Math.Round(LimitMilliseconds / worst, 2),
            "ms, the slowest median",
            $"{count} closed workflows in PostgreSQL, {Asked} asked of each, first page of 100; limit in place of a peer: {LimitMilliseconds} ms; {Environment.ProcessorCount} cores",
            [new BenchmarkRound(worst, LimitMilliseconds)],
            details);
    }

    private static Task<ListWorkflowExecutionsResponse> FirstPageAsync(ITemporalClient client, string filter) =>
        client.Connection.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = client.Options.Namespace, Query = filter, PageSize = 100 });

    private static async Task<double> MedianAsync(Func<Task> ask)
    {
        var milliseconds = new List<double>();
        for (var i = 0; i < Asked; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await ask();
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Math.Round(Percentiles.Median(milliseconds), 1);
    }
}
