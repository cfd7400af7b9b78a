using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Settlement.AppHost.Launch;
using Settlement.Benchmarks.Callers;
using Settlement.Benchmarks.Measures;
using Settlement.Database;
using Settlement.Domain;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.Benchmarks.Settlements;

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
    public static async Task<SettlementLoad> CreateAsync(SettlementEnvironment environment)
    {
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        var caller = await SettlementCaller.CreateAsync(environment, database, "BENCH", Creditor);
        return new SettlementLoad(caller, await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(environment.TemporalAddress)));
    }

    /// <summary>Settles <paramref name="count"/> with at most <paramref name="open"/> under way. Any that does not end SETTLED fails the run.</summary>
    public async Task<SettlementLoadResult> RunAsync(int count, int open)
    {
        var milliseconds = new ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = open }, async (i, cancellationToken) =>
        {
            var started = Stopwatch.GetTimestamp();
            var reference = await caller.PostAsync(i, cancellationToken);
            var result = await temporal.GetWorkflowHandle<ISettlementWorkflow, SettlementResult>(SettlementReference.WorkflowId(reference)).GetResultAsync();
            if (result.Status != SettlementStatus.Settled)
                throw new InvalidOperationException($"Settlement {reference} ended {result.Status}: {result.Failure} {result.Detail}");
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        });
        var all = milliseconds.ToList();
        return new SettlementLoadResult(count / watch.Elapsed.TotalSeconds, Percentiles.At(all, 0.50), Percentiles.At(all, 0.99));
    }

    public void Dispose() => caller.Dispose();
}
