using System.Globalization;
using Settlement.AppHost.Postgres;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Settlement.Drills.EmbeddedServer;

/// <summary>
/// Kills the dev server, or its database, at random moments of a seed while workflows are started, signalled, updated and run; then lets
/// every workflow end and holds what was acknowledged against what became of it.
/// </summary>
public sealed class ServerKillRun : IAsyncDisposable
{
    private const string TaskQueue = "killed";
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(3);

    private readonly ServerKillPlan plan;
    private readonly PrivatePostgres postgres;
    private readonly TemporalServer server;
    private readonly KilledActivities activities = new();
    private readonly Acknowledged book = new();

    private ServerKillRun(ServerKillPlan plan, PrivatePostgres postgres, TemporalServer server)
    {
        this.plan = plan;
        this.postgres = postgres;
        this.server = server;
    }

    /// <summary>Starts a cluster and a server of their own in <paramref name="folder"/>.</summary>
    public static async Task<ServerKillRun> StartAsync(ServerKillPlan plan, string folder, CancellationToken cancellationToken)
    {
        var postgres = await PrivatePostgres.StartAsync(Path.Combine(folder, "postgres"), FreePort.Any(), Path.Combine(folder, "postgres.log"), plan.Log, cancellationToken);
        await postgres.CreateDatabaseAsync("temporal", cancellationToken);
        var server = TemporalServer.Embedded(FreePort.Any(), postgres.Url("temporal"), Path.Combine(folder, "temporal.log"));
        await server.StartAsync(cancellationToken);
        return new ServerKillRun(plan, postgres, server);
    }

    /// <summary>Runs the plan.</summary>
    /// <returns>What was seen; no breaches if the server kept its word.</returns>
    public async Task<ServerKillReport> RunAsync(CancellationToken cancellationToken)
    {
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(server.Address) { Identity = "callers" });
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(TaskQueue).AddWorkflow<KilledWorkflow>().AddAllActivities(activities));
        return await worker.ExecuteAsync(async () =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var callers = new ServerCallers(client, TaskQueue, plan, book).RunAsync(stop.Token);
            var unavailable = await KillAsync(client, cancellationToken);
            await stop.CancelAsync();
            await callers;
            plan.Log($"{book.Starts.Count} workflows were begun; all of them are told to finish");
            return await AuditAsync(client, unavailable);
        }, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await postgres.DisposeAsync();
    }

    /// <summary>Kills and brings back, as often as planned; answers how often a call meanwhile heard UNAVAILABLE.</summary>
    private async Task<int> KillAsync(TemporalClient client, CancellationToken cancellationToken)
    {
        var random = new Random(plan.Seed);
        var unavailable = 0;
        for (var kill = 1; kill <= plan.Kills; kill++)
        {
            var life = plan.ShortestLife + (random.NextDouble() * (plan.LongestLife - plan.ShortestLife));
            await Task.Delay(life, cancellationToken);
            if (plan.Victim == ServerKillVictim.Server)
            {
                await server.Process.KillAsync();
                await server.StartAsync(cancellationToken);
            }
            else
            {
                await postgres.Process.KillAsync();
                unavailable += await HearsUnavailableAsync(client) ? 1 : 0;
                await postgres.StartServerAsync(cancellationToken);
            }

            plan.Log(string.Create(CultureInfo.InvariantCulture, $"kill {kill} of {plan.Kills} after {life.TotalMilliseconds:0} ms; {book.Starts.Count} workflows begun, {book.Unanswered} calls without an answer so far"));
        }

        return unavailable;
    }

    /// <summary>A start while the database is away must be refused, not acknowledged and not left hanging.</summary>
    private static async Task<bool> HearsUnavailableAsync(TemporalClient client)
    {
        try
        {
            await client.Connection.WorkflowService.StartWorkflowExecutionAsync(
                new()
                {
                    Namespace = client.Options.Namespace,
                    WorkflowId = $"refused-{Guid.NewGuid():N}",
                    WorkflowType = new() { Name = nameof(KilledWorkflow) },
                    TaskQueue = new() { Name = TaskQueue },
                    RequestId = Guid.NewGuid().ToString(),
                },
                new() { Retry = false, Timeout = TimeSpan.FromSeconds(30) });
            return false;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.Unavailable)
        {
            return true;
        }
    }

    private async Task<ServerKillReport> AuditAsync(TemporalClient client, int unavailable)
    {
        var breaches = new List<string>();
        using var limit = new CancellationTokenSource(EndLimit);
        foreach (var id in book.Starts.Distinct(StringComparer.Ordinal))
        {
            try
            {
                var handle = client.GetWorkflowHandle<KilledWorkflow, KilledResult>(id);
                await handle.SignalAsync(wf => wf.FinishAsync(), new() { Rpc = new() { CancellationToken = limit.Token } });
                var result = await handle.GetResultAsync(rpcOptions: new() { CancellationToken = limit.Token });
                breaches.AddRange(Kept(id, result));
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException or WorkflowFailedException)
            {
                breaches.Add($"{id}: was acknowledged and did not end: {e.GetType().Name}: {e.Message}");
            }
        }

        var ran = activities.Runs.GroupBy(r => r.WorkflowId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.GroupBy(r => (r.ActivityId, r.Attempt)).ToDictionary(a => a.Key, a => a.Count()), StringComparer.Ordinal);
        foreach (var id in book.Starts.Distinct(StringComparer.Ordinal))
        {
            var history = await client.GetWorkflowHandle(id).FetchHistoryAsync();
            breaches.AddRange(HistoryAudit.Breaches(id, [.. history.Events], ran.GetValueOrDefault(id) ?? []));
        }

        return new ServerKillReport(book.Starts.Count, book.Signals.Sum(s => s.Count()), book.Updates.Sum(u => u.Count()), activities.Runs.Count, book.Unanswered, unavailable, breaches);
    }

    /// <summary>What was acknowledged is there once; what is there was sent, and is there once.</summary>
    private IEnumerable<string> Kept(string id, KilledResult result)
    {
        foreach (var token in book.Signals[id].Where(t => !result.Signals.Contains(t)))
            yield return $"{id}: the acknowledged signal {token} is lost";
        foreach (var token in book.Updates[id].Where(t => !result.Updates.Contains(t)))
            yield return $"{id}: the acknowledged update {token} is lost";
        foreach (var token in result.Signals.Concat(result.Updates).GroupBy(t => t, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"{id}: {token.Key} arrived {token.Count()} times";
    }
}

/// <summary>What a run of kills does; equal plans make the same kills at the same intervals.</summary>
/// <param name="Seed">Of all intervals and choices.</param>
/// <param name="Kills">How often.</param>
/// <param name="Victim">What is killed.</param>
/// <param name="Writers">Callers at a time.</param>
/// <param name="Log">Told what happens.</param>
public sealed record ServerKillPlan(int Seed, int Kills, ServerKillVictim Victim, int Writers, Action<string> Log)
{
    /// <summary>The shortest time that the victim lives between two kills.</summary>
    public TimeSpan ShortestLife { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromMilliseconds(2500);
}

/// <summary>What gets SIGKILL.</summary>
public enum ServerKillVictim
{
    /// <summary>The dev server.</summary>
    Server,

    /// <summary>The PostgreSQL that keeps its state.</summary>
    Postgres,
}

/// <summary>What a run of kills came to.</summary>
/// <param name="Workflows">Acknowledged starts.</param>
/// <param name="Signals">Acknowledged signals.</param>
/// <param name="Updates">Acknowledged updates.</param>
/// <param name="ActivityRuns">Runs of activities that the worker counted.</param>
/// <param name="Unanswered">Calls that got no answer.</param>
/// <param name="HeardUnavailable">Calls that heard UNAVAILABLE while the database was away.</param>
/// <param name="Breaches">Promises that were not kept; empty if all were.</param>
public sealed record ServerKillReport(int Workflows, int Signals, int Updates, int ActivityRuns, int Unanswered, int HeardUnavailable, IReadOnlyList<string> Breaches)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Workflows} workflows, {Signals} signals and {Updates} updates acknowledged, {ActivityRuns} activities run, {Unanswered} calls without an answer, {Breaches.Count} breaches";
}
