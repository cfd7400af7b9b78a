using Google.Protobuf.WellKnownTypes;
using Npgsql;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Samples.Pace;
using Settlement.Database;
using Settlement.Domain;
using Temporalio.Api.TestService.V1;
using Temporalio.Client;

namespace Settlement.AppHost.Launch;

/// <summary>Runs samples against a house, several at a time: they share nothing but the house.</summary>
public static class HouseSamples
{
    /// <summary>The name under which the bank simulator is configured.</summary>
    public const string BankName = Programs.BankName;

    private const int AtOnce = 6;

    /// <summary>Real time for one step: whatever falls due in it is worked off, activities included, before the next timer is looked at.</summary>
    private static readonly TimeSpan StepLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan SkippedTimePollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs all; the results come in the samples' order.</summary>
    /// <param name="house">A running house.</param>
    /// <param name="samples">What to run.</param>
    /// <param name="finished">Told each result as it comes, in the order of finishing; never from two threads at once.</param>
    /// <param name="cancellationToken">Stops waiting; settlements go on.</param>
    public static Task<IReadOnlyList<SampleResult>> RunAsync(
        SettlementHouse house, IReadOnlyList<Sample> samples, Action<SampleResult> finished, CancellationToken cancellationToken) =>
        RunAsync(house, samples, AtOnce, _ => null, finished, cancellationToken);

    /// <summary>Sets a house up for samples and makes what runs them.</summary>
    /// <param name="house">A running house.</param>
    /// <param name="database">The house's database, by a user who may write accounts and reference data; it must outlive the runner.</param>
    /// <param name="pace">What passes between two looks at a settlement, on the house's Temporal server; its null: real time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SampleRunner> RunnerAsync(
        SettlementHouse house, NpgsqlDataSource database, Func<ITemporalClient, ISamplePace?> pace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(pace);
        await PublishScreeningListAsync(database, cancellationToken);
        var temporal = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(house.TemporalAddress));
        return new SampleRunner(Options(house), new SampleAccounts(database, TimeProvider.System), new WorkflowOperator(temporal), TimeProvider.System, pace(temporal));
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

    /// <summary>Runs all on a house whose server skips time: all at once, because they share its clock.</summary>
    internal static Task<IReadOnlyList<SampleResult>> RunInSkippedTimeAsync(
        SettlementHouse house, IReadOnlyList<Sample> samples, Action<SampleResult> finished, CancellationToken cancellationToken) =>
        RunAsync(house, samples, samples.Count, temporal => new SkippedPace(step => AdvanceAsync(temporal, step), samples.Count, SkippedTimePollInterval), finished, cancellationToken);

    private static async Task<IReadOnlyList<SampleResult>> RunAsync(
        SettlementHouse house, IReadOnlyList<Sample> samples, int atOnce, Func<ITemporalClient, ISamplePace?> pace, Action<SampleResult> finished,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(samples);
        await using var database = NpgsqlDataSource.Create(SettlementDatabase.ConnectionString(house.DatabaseUrl));
        using var runner = await RunnerAsync(house, database, pace, cancellationToken);
        var results = new SampleResult[samples.Count];
        var gate = new Lock();
        await Parallel.ForAsync(0, samples.Count, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (i, token) =>
        {
            results[i] = await runner.RunAsync(samples[i], progress: null, token);
            lock (gate)
                finished(results[i]);
        });
        return results;
    }

    private static Task<SleepResponse> AdvanceAsync(ITemporalClient temporal, TimeSpan step) =>
        temporal.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new SleepRequest { Duration = step.ToDuration() }, new RpcOptions { Timeout = StepLimit });

    /// <summary>Where a run of samples finds this house, and the users in whose name it acts.</summary>
    private static SampleRunOptions Options(SettlementHouse house) => new()
    {
        Api = house.ApiAddress,
        Bank = house.BankAddress,
        BankName = Programs.BankName,
        EntityId = DemoUsers.Entity,
        Starter = new SampleUser(DemoUsers.Starter, house.Secrets.UserPassword),
        Operator = new SampleUser(DemoUsers.Operator, house.Secrets.UserPassword),
        Approver = new SampleUser(DemoUsers.Approver, house.Secrets.UserPassword),
    };
}
