using Google.Protobuf.WellKnownTypes;
using Npgsql;
using Settlement.AppHost.Books;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Temporal;
using Settlement.Database;
using Settlement.Database.Proof;
using Settlement.Domain;
using Temporalio.Api.TestService.V1;
using Temporalio.Client;

namespace Settlement.AppHost.Launch;

/// <summary>Runs samples against an environment, several at a time: they share nothing but the environment.</summary>
public static class EnvironmentSamples
{
    /// <summary>The name under which the bank simulator is configured.</summary>
    public const string BankName = Programs.BankName;

    private const int AtOnce = 6;

    /// <summary>Real time for one step: whatever falls due in it is worked off, activities included, before the next timer is looked at.</summary>
    private static readonly TimeSpan StepLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan SkippedTimePollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs all; the results come in the samples' order.</summary>
    /// <param name="environment">A running environment.</param>
    /// <param name="samples">What to run.</param>
    /// <param name="finished">Told each result as it comes, in the order of finishing; never from two threads at once.</param>
    /// <param name="cancellationToken">Stops waiting; settlements go on.</param>
    public static Task<IReadOnlyList<SampleResult>> RunAsync(
        SettlementEnvironment environment, IReadOnlyList<Sample> samples, Action<SampleResult> finished, CancellationToken cancellationToken) =>
        RunAsync(environment, samples, AtOnce, _ => null, finished, cancellationToken);

    /// <summary>Sets an environment up for samples and makes what runs them.</summary>
    /// <param name="environment">A running environment.</param>
    /// <param name="database">The environment's database, by a user who may write accounts and reference data; it must outlive the runner.</param>
    /// <param name="pace">What passes between two looks at a settlement, on the environment's Temporal server; its null: real time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SampleRunner> RunnerAsync(
        SettlementEnvironment environment, NpgsqlDataSource database, Func<ITemporalClient, ISamplePace?> pace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(pace);
        await PublishScreeningListAsync(database, cancellationToken);
        var temporal = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(environment.TemporalAddress));
        return new SampleRunner(environment, database, temporal, pace(temporal));
    }

    /// <summary>Screening fails closed when its list is older than a day, so a run publishes one. The names are invented.</summary>
    public static Task PublishScreeningListAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        new ReferenceDataWriter(database).PublishScreeningListAsync(
            ["SANCTIONED TRADING LLC", "BLOCKED PERSON"],
            ["BLCKXX00"],
            ["XX"],
            "sample list of the launcher",
            new Actor("launcher", ActorSource.Migration),
            DateTimeOffset.UtcNow,
            cancellationToken);

    /// <summary>Runs all on an environment whose server skips time: all at once, because they share its clock.</summary>
    internal static Task<IReadOnlyList<SampleResult>> RunInSkippedTimeAsync(
        SettlementEnvironment environment, IReadOnlyList<Sample> samples, Action<SampleResult> finished, CancellationToken cancellationToken) =>
        RunAsync(environment, samples, samples.Count, temporal => new SkippedPace(step => AdvanceAsync(temporal, step), samples.Count, SkippedTimePollInterval), finished, cancellationToken);

    private static async Task<IReadOnlyList<SampleResult>> RunAsync(
        SettlementEnvironment environment, IReadOnlyList<Sample> samples, int atOnce, Func<ITemporalClient, ISamplePace?> pace, Action<SampleResult> finished,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(samples);
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(environment.DatabaseUrl));
        using var runner = await RunnerAsync(environment, database, pace, cancellationToken);
        var results = new SampleResult[samples.Count];
        var gate = new Lock();
        await Parallel.ForAsync(0, samples.Count, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (i, token) =>
        {
            results[i] = await runner.RunAsync(samples[i], token);
            lock (gate)
                finished(results[i]);
        });
        return results;
    }

    private static Task<SleepResponse> AdvanceAsync(ITemporalClient temporal, TimeSpan step) =>
        temporal.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new SleepRequest { Duration = step.ToDuration() }, new RpcOptions { Timeout = StepLimit });
}

/// <summary>
/// Runs samples whose course takes days in an environment of their own: a memory server whose clock is moved, a database, a bank, worker and API that
/// no serving part ever meets, and that are gone afterwards. Only their logs stay.
/// </summary>
internal static class SkippedTimeSamples
{
    private const string FolderName = "skipped-time";

    /// <param name="run">The run's state folder; theirs is below it.</param>
    /// <param name="samples">What to run.</param>
    /// <param name="say">Told each step.</param>
    /// <param name="finished">Told each result.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    public static async Task<(IReadOnlyList<SampleResult> Results, ProofReport Proof)> RunAsync(
        StateFolder run, IReadOnlyList<Sample> samples, Action<string> say, Action<SampleResult> finished, CancellationToken cancellationToken)
    {
        var state = StateFolder.At(Path.Combine(run.Path, FolderName));
        try
        {
            var options = new EnvironmentOptions
            {
                State = state,
                Temporal = TemporalChoice.TimeSkipping,
                DocumentedPorts = false,
                WebUi = false,
                // The scheduled jobs would run at each of their slots that time skips over.
                Settings = new Dictionary<string, string> { ["Jobs__Enabled"] = "false" },
            };
            await using var environment = await SettlementEnvironment.StartAsync(options, say, cancellationToken);
            var results = await EnvironmentSamples.RunInSkippedTimeAsync(environment, samples, finished, cancellationToken);
            return (results, await BooksProof.ProveAsync(environment, cancellationToken));
        }
        finally
        {
            state.Release();
        }
    }
}
