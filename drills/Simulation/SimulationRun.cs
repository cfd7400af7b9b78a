using System.Diagnostics;
using System.Text.Json;
using Settlement.AppHost.Books;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Temporal;
using Settlement.Database;
using Settlement.Database.Proof;
using Settlement.Domain;
using Settlement.Drills.Environments;

namespace Settlement.Drills.Simulation;

/// <summary>
/// Drives a plan's settlements through its faults on private copies of everything, lets the operators bring to an end what is left, and has the
/// result audited: by a program that shares no code with the system, and by the proof of the books.
/// </summary>
internal sealed class SimulationRun(SimulationPlan plan, SimulationOptions options)
{
    private const int OperatorsAtOnce = 3;

    /// <summary>Above this an approver must agree; minor units of a currency with two decimals.</summary>
    private const long ApprovalAboveMinor = 85_000;

    /// <summary>References of settled settlements with a payment that came too late and stands in suspense under an open case.</summary>
    private const string MisjudgedSql = """
        SELECT coalesce(string_agg(s.reference, ' '), '') FROM settlement.cases c JOIN settlement.settlement_transactions s USING (settlement_id)
         WHERE c.reason = 'LATE_CONFIRMATION' AND c.state = 'OPEN' AND s.status = 'SETTLED'
        """;

    private static readonly Actor Self = new("simulation", ActorSource.Migration);

    /// <summary>A settlement that waits for a person gives its place to the next one.</summary>
    private static readonly TimeSpan SlotLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(60);

    public async Task<SimulationResult> RunAsync(CancellationToken cancellationToken)
    {
        using var log = new EventLog(Path.Combine(options.Folder, "events.jsonl"));
        log.Write("plan", ("seed", plan.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var zones = Path.Combine(options.Folder, "zones");
        ZoneFile.PrepareFolder(zones);
        await using var channel = await MessageChannel.StartAsync(plan.Seed);
        await using var environment = await PrivateEnvironment.StartAsync(options.Folder, TemporalChoice.Resolve(options.Temporal), Settings(channel, zones), cancellationToken);
        channel.Api = environment.Environment.ApiAddress;
        await SetSceneAsync(environment, cancellationToken);

        var watch = Stopwatch.StartNew();
        var (accepted, faults) = await DriveAsync(environment, channel, new ClockEdges(environment.Database, zones, log), log, watch, cancellationToken);
        var duration = watch.Elapsed;
        await QuietAsync(environment, cancellationToken);
        var proof = await BooksProof.ProveAsync(environment.Environment, cancellationToken);
        var misjudged = (await environment.ScalarAsync<string>(MisjudgedSql, cancellationToken) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // From here on nothing may move: the auditor reads the journal and the database at rest.
        await environment.Environment.Api.StopAsync();
        await environment.Environment.Worker.StopAsync();
        await environment.Environment.Bank.StopAsync();
        var audit = await AuditorProcess.RunAsync(environment.Journal, SettlementDatabase.ConnectionString(environment.Environment.DatabaseUsers?.AuditorUrl ?? environment.Environment.DatabaseUrl), log.File, cancellationToken);
        return new SimulationResult(accepted, faults, duration, audit, [.. Unexplained(proof.Breaches, misjudged)]);
    }

    private static Dictionary<string, string> Settings(MessageChannel channel, string zones) => new()
    {
        ["Bank__WebhookUrl"] = new Uri(channel.Address, $"/api/v1/banks/{PrivateEnvironment.BankName}/messages").ToString(),
        ["Bank__WebhookRetryMaxMs"] = "2000",
        ["SWEEP_INTERVAL_SECONDS"] = "2",
        ["API_REQUESTS_PER_SECOND"] = "5000",
        ["TZDIR"] = zones,
    };

    private async Task SetSceneAsync(PrivateEnvironment environment, CancellationToken cancellationToken)
    {
        await environment.OpenAccountsAsync([.. plan.Accounts.Select(a => new SampleAccount(Id: a.Number, Currency: a.Currency, OpeningBalance: a.Opening, Name: "Simulated payer"))], cancellationToken);
        foreach (var manner in BankManner.All.Where(manner => !manner.Alone && manner.Steps is not null))
            await environment.Bank.ScriptAsync($"SIM-{manner.Name}", manner.Script()!, cancellationToken);
        await new ReferenceDataWriter(environment.Database).SetLimitsAsync(
            "*", "USD", new SettlementLimits { ApprovalAboveMinor = ApprovalAboveMinor }, Self, "the simulation's limit", DateTimeOffset.UtcNow, cancellationToken);
        if (options.Prepare is { } prepare)
            await prepare(environment);
    }

    private async Task<(int Accepted, int Faults)> DriveAsync(
        PrivateEnvironment environment, MessageChannel channel, ClockEdges edges, EventLog log, Stopwatch watch, CancellationToken cancellationToken)
    {
        await using var supervisor = new Supervisor(environment.Environment, log);
        await using var ends = new EndWatch(environment.Database);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var submitter = new Submitter(environment, edges, log, plan.Seed);
        var injector = new FaultInjector(environment, supervisor, channel, edges, log);
        var crew = Enumerable.Range(0, OperatorsAtOnce).Select(i => new Operators(environment, log, plan.Seed + i)).ToList();
        var background = crew.Select(one => one.RunAsync(stop.Token)).Append(ReportAsync(submitter, ends, injector, watch, stop.Token)).ToList();
        try
        {
            var faults = injector.RunAsync(plan.Faults, () => submitter.Accepted, stop.Token);
            await SubmitAllAsync(submitter, crew[0], ends, log, stop.Token);
            await faults;
            crew.ForEach(one => one.Close());
            await UntilEndedAsync(ends, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(background);
        }

        return (submitter.Accepted, injector.Planted);
    }

    private async Task SubmitAllAsync(Submitter submitter, Operators operators, EndWatch ends, EventLog log, CancellationToken cancellationToken)
    {
        var actions = new List<Task>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(plan.Settlements, parallel, async (settlement, token) =>
        {
            var item = await submitter.SubmitAsync(settlement, token);
            var ended = ends.EndedAsync(item.Id);
            var action = new PlannedActions(operators, log).DoAsync(settlement, item, token);
            lock (actions)
                actions.Add(action);
            await Task.WhenAny(ended, Task.Delay(SlotLimit, token));
        });
        await Task.WhenAll(actions);
    }

    /// <summary>Until nothing is open, or nothing has ended for so long that nothing will.</summary>
    private async Task UntilEndedAsync(EndWatch ends, CancellationToken cancellationToken)
    {
        var (last, since) = (-1, Stopwatch.StartNew());
        while (ends.Open > 0 && since.Elapsed < options.StallLimit)
        {
            if (ends.Ended != last)
                (last, since) = (ends.Ended, Stopwatch.StartNew());
            await Task.Delay(200, cancellationToken);
        }
    }

    /// <summary>
    /// An operator who misjudged an outcome with a second person's word has had a payment made twice: the proof says so until the bank has given it back, and
    /// must. What the simulation demands is that such money stands in suspense under an open case; a double payment without one is a breach like any other.
    /// </summary>
    private static IEnumerable<string> Unexplained(IEnumerable<Breach> breaches, IReadOnlyCollection<string> misjudged) =>
        breaches.Select(breach => breach.ToString()).Where(breach => !misjudged.Any(reference => breach.Contains(reference, StringComparison.Ordinal)));

    /// <summary>Until the bank's last message is delivered and taken in: what was still under way when the last settlement ended.</summary>
    private static async Task QuietAsync(PrivateEnvironment environment, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < QuietLimit)
        {
            var pending = await environment.Bank.MessagesPendingAsync(cancellationToken);
            var received = await environment.ScalarAsync<long>("SELECT count(*) FROM settlement.bank_messages WHERE disposition = 'RECEIVED'", cancellationToken);
            if (pending == 0 && received == 0)
                return;
            await Task.Delay(500, cancellationToken);
        }
    }

    private async Task ReportAsync(Submitter submitter, EndWatch ends, FaultInjector injector, Stopwatch watch, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(ReportEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            options.Say(FormattableString.Invariant(
                $"{watch.Elapsed.TotalSeconds:0} s: {submitter.Accepted} of {plan.Settlements.Count} accepted, {ends.Ended} ended, {ends.Open} open, {injector.Planted} of {plan.Faults.Count} faults"));
        }
    }
}

/// <summary>How a simulation is run.</summary>
internal sealed record SimulationOptions
{
    /// <summary>A folder of its own: state, logs, event log.</summary>
    public required string Folder { get; init; }

    /// <summary>As <c>./run --temporal</c>.</summary>
    public string? Temporal { get; init; }

    /// <summary>Told the run's progress.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>Settlements under way at once.</summary>
    public int AtOnce { get; init; } = 50;

    /// <summary>When nothing has ended for so long after the last request and the last fault, what is still open counts as stranded.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Done to the environment before the first request: where a bug is planted.</summary>
    public Func<PrivateEnvironment, Task>? Prepare { get; init; }
}

/// <summary>How a simulation ended.</summary>
/// <param name="Accepted">Requests that the API accepted.</param>
/// <param name="Faults">Faults that were planted.</param>
/// <param name="Duration">From the first request until nothing was open any more.</param>
/// <param name="Audit">The auditor's report.</param>
/// <param name="Breaches">What the proof of the books found.</param>
internal sealed record SimulationResult(int Accepted, int Faults, TimeSpan Duration, JsonElement Audit, IReadOnlyList<string> Breaches)
{
    public int Lost => Number("lost");

    public int Doubled => Number("doubled");

    public int Stranded => Number("stranded");

    public int Wrong => Number("wrong");

    /// <summary>Nothing lost, doubled, stranded or contradictory, and every invariant holds.</summary>
    public bool Holds => Lost + Doubled + Stranded + Wrong == 0 && Breaches.Count == 0;

    /// <summary>The auditor's findings, one sentence each.</summary>
    public IReadOnlyList<string> Findings =>
        [.. Audit.GetProperty("findings").EnumerateArray().Select(f => $"{f.GetProperty("kind").GetString()}: {f.GetProperty("what").GetString()}: {f.GetProperty("evidence").GetString()}")];

    /// <summary>How many settlements stand in each state.</summary>
    public string Ends => string.Join(", ", Audit.GetProperty("ends").EnumerateObject().Select(end => $"{end.Value} {end.Name}"));

    private int Number(string name) => Audit.GetProperty(name).GetInt32();
}

/// <summary>Runs the auditor: a program of its own, that knows nothing of the code whose records it reads.</summary>
internal static class AuditorProcess
{
    private const int CouldNotLook = 2;

    /// <param name="journal">The bank's journal.</param>
    /// <param name="connectionString">Npgsql connection string of the ledger's database.</param>
    /// <param name="requests">The callers' log; null: not compared.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its report.</returns>
    /// <exception cref="InvalidOperationException">It could not look.</exception>
    public static async Task<JsonElement> RunAsync(string journal, string connectionString, string? requests, CancellationToken cancellationToken)
    {
        List<string> arguments = [RepositoryRoot.Program("drills/auditor", "Settlement.Auditor"), "--journal", journal];
        if (requests is not null)
            arguments.AddRange(["--requests", requests]);
        var result = await ProcessResult.RunAsync("dotnet", arguments, new Dictionary<string, string> { ["AUDIT_DATABASE"] = connectionString }, cancellationToken: cancellationToken);
        return result.ExitCode < CouldNotLook ? JsonElement.Parse(result.Output) : throw new InvalidOperationException($"The auditor could not look: {result.Errors}");
    }
}
