using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Settlement.Activities;
using Settlement.Activities.Banks;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Samples;
using Settlement.Database;
using Settlement.Domain;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Security;
using Settlement.TestSupport;
using Settlement.Workflows.Contracts;

namespace Settlement.EndToEnd.Tests.Samples;

/// <summary>
/// The committed samples, a database of their own, the API's code that makes settlements of requests, and the activities: all by one
/// clock that the tests set.
/// </summary>
public sealed class SampleClockBooks : IAsyncLifetime
{
    private const string Entity = "ACME";
    private const string BankName = "simbank";

    private static readonly CurrentUser Starter = new("stella", Entity, new HashSet<string> { Roles.Starter });

    private readonly SettableClock clock = new(DateTimeOffset.UnixEpoch);
    private string? connectionString;
    private ServiceProvider? services;

    /// <summary>Those of real time: the clock of these tests is set by the tests.</summary>
    public IReadOnlyList<Sample> Samples { get; } =
        [.. new SampleLoader().LoadDirectory(Path.Combine(RepositoryRoot.Folder, "samples")).Where(sample => sample.Time == SampleTime.Real)];

    internal SettlingBank Bank { get; private set; } = null!;

    public T Get<T>() where T : notnull => services!.GetRequiredService<T>();

    public object Get(Type type) => services!.GetRequiredService(type);

    public async ValueTask InitializeAsync()
    {
        Bank = new SettlingBank(BankName, clock);
        connectionString = await PostgresFixture.CreateDatabaseAsync();
        await DatabaseMigrator.MigrateAsync(connectionString);
        services = new ServiceCollection()
            .AddLogging()
            .AddSettlementDatabase(connectionString)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IBankDirectory>(Bank)
            .AddSingleton(new ActionKeys([RandomNumberGenerator.GetBytes(ActionKeys.MinKeyBytes)]))
            .AddSettlementActivities()
            .AddSingleton(Options.Create(new SettlementOptions()))
            .AddSingleton<SettlementAssembly>()
            .BuildServiceProvider();
        var database = Get<NpgsqlDataSource>();
        await ReferenceDataSeeder.SeedAsync(database, DateTimeOffset.UnixEpoch);
        // Screening refuses a list older than a day. Dated after every moment, this one is never old; its age is tested elsewhere.
        await Get<ReferenceDataWriter>().PublishScreeningListAsync(
            ["Blocked Person"], [], ["XX"], "test", Actor.System, DateTimeOffset.UtcNow.AddYears(3));
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
            await services.DisposeAsync();
        if (connectionString is not null)
            await PostgresFixture.DropDatabaseAsync(connectionString);
    }

    /// <summary>The first instant of that name after <paramref name="start"/>.</summary>
    public async Task<DateTimeOffset> NextAsync(string moment, DateTimeOffset start) =>
        BusinessMoments.Next(moment, start, await Get<ReferenceDataCache>().GetAsync());

    /// <summary>Opens the sample's accounts, builds its request by <paramref name="built"/>, and hands it to the API's code at <paramref name="received"/>.</summary>
    internal async Task<AssembledSample> AssembleAsync(Sample sample, DateTimeOffset built, DateTimeOffset? received = null)
    {
        clock.Now = received ?? built;
        var names = new SampleNames();
        await new SampleAccounts(Get<NpgsqlDataSource>(), clock).OpenAsync(
            [.. sample.Accounts.Select(account => account with { Id = names.Of(account.Id) })], Entity, BankName, CancellationToken.None);
        var body = SampleRequestBody.Build(sample.Request, names, BankName, built).ToJsonString();
        var request = JsonSerializer.Deserialize<CreateSettlementRequest>(body, ApiJson.Options)!;
        var errors = new FieldErrors();
        var draft = SettlementShape.Read(request, Get<IOptions<SettlementOptions>>().Value, errors);
        var settlement = draft is null ? null : await Get<SettlementAssembly>().AssembleAsync(draft, Starter, errors, CancellationToken.None);
        return new AssembledSample(sample, names, settlement, errors);
    }

    /// <summary>Stores the PENDING row, as the API's intake does.</summary>
    internal Task InsertAsync(AssembledSettlement settlement) => SettlementCreator.InsertAsync(Get<NpgsqlDataSource>(), settlement.Terms);

    public async Task<SettlementTransaction> RowAsync(Guid id)
    {
        await using var context = SettlementDatabase.CreateContext(Get<NpgsqlDataSource>());
        return await context.Settlements.SingleAsync(row => row.SettlementId == id);
    }

    public async Task<IReadOnlyList<StatusHistoryEntry>> HistoryAsync(Guid id)
    {
        await using var context = SettlementDatabase.CreateContext(Get<NpgsqlDataSource>());
        return await context.StatusHistory.Where(row => row.SettlementId == id).OrderBy(row => row.HistoryId).ToListAsync();
    }

    public async Task<Account> AccountAsync(string number)
    {
        await using var context = SettlementDatabase.CreateContext(Get<NpgsqlDataSource>());
        return await context.Accounts.SingleAsync(row => row.AccountNumber == number);
    }
}

/// <summary>A sample with its names of one run, and what the API made of its request; null and reasons where the API refuses it.</summary>
internal sealed record AssembledSample(Sample Sample, SampleNames Names, AssembledSettlement? Settlement, FieldErrors Errors)
{
    public string Creditor => Names.Of(Sample.Request.Creditor.Account);
}

/// <summary>A business clock that stands where a test puts it; its ticking (timers, elapsed time) stays the machine's.</summary>
internal sealed class SettableClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
