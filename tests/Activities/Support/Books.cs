using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Settlement.Activities.Banks;
using Settlement.Activities.Ledger;
using Settlement.Activities.Lifecycle;
using Settlement.Activities.Notifications;
using Settlement.Database;
using Settlement.Domain;
using Settlement.TestSupport;
using Settlement.Workflows.Contracts;
using Temporalio.Client;

namespace Settlement.Activities.Tests.Support;

/// <summary>A migrated and seeded database with the activities over it; one for all activity tests.</summary>
public sealed class Books : IAsyncLifetime
{
    public const string Entity = "ACME";

    /// <summary>Saturday, 03:00 UTC: only rails that never close take anything then.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 7, 3, 0, 0, TimeSpan.Zero);

    private static int serial;
    private string? connectionString;
    private ServiceProvider? services;

    /// <summary>What the API of these books would sign with.</summary>
    public static ActionKeys Keys { get; } = new([RandomNumberGenerator.GetBytes(ActionKeys.MinKeyBytes)]);

    internal ScriptedBank Bank { get; } = new();

    internal Notices Notices { get; } = new();

    public NpgsqlDataSource DataSource => services!.GetRequiredService<NpgsqlDataSource>();

    public T Get<T>() where T : notnull => services!.GetRequiredService<T>();

    public object Get(Type type) => services!.GetRequiredService(type);

    public async ValueTask InitializeAsync()
    {
        connectionString = await PostgresFixture.CreateDatabaseAsync();
        await DatabaseMigrator.MigrateAsync(connectionString);
        services = new ServiceCollection()
            .AddLogging()
            .AddSettlementDatabase(connectionString)
            .AddSingleton<IBankDirectory>(Bank)
            .AddSingleton<INotifier>(Notices)
            .AddSingleton(Keys)
            // Nobody listens there: actions that get as far as Temporal are tested against a server, elsewhere.
            .AddSingleton<ITemporalClient>(TemporalClient.CreateLazy(new TemporalClientConnectOptions("127.0.0.1:1")))
            .AddSettlementActivities()
            .BuildServiceProvider();
        await ReferenceDataSeeder.SeedAsync(DataSource, Now.AddYears(-1));
        await Get<ReferenceDataWriter>().PublishScreeningListAsync(["Blocked Person"], [], ["KP"], "test", Actor.System, Now);
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
            await services.DisposeAsync();
        if (connectionString is not null)
            await PostgresFixture.DropDatabaseAsync(connectionString);
    }

    /// <summary>Opens a debtor account with a balance, and our account at the bank once.</summary>
    public async Task<string> OpenAccountAsync(long balanceMinor, Currency? currency = null, AccountStatus status = AccountStatus.Open)
    {
        currency ??= Currency.Usd;
        var number = $"CUST-{Interlocked.Increment(ref serial):D6}";
        await Get<AccountSeeder>().OpenAsync(
        [
            new NewAccount
            {
                AccountNumber = $"NOSTRO-{currency.Code}", Kind = AccountKind.Nostro, EntityId = InternalAccounts.EntityId, Name = "at the bank",
                Currency = currency, OpeningBalance = new Money(1_000_000_000, currency), BankId = ScriptedBank.Name, BankBic = "TESTUS33",
                NumberThere = $"9000-{currency.Code}",
            },
            new NewAccount
            {
                AccountNumber = number, Kind = AccountKind.Customer, EntityId = Entity, Name = "Acme", Currency = currency,
                Status = status, OpeningBalance = balanceMinor == 0 ? null : new Money(balanceMinor, currency),
            },
        ], Now.AddYears(-1));
        return number;
    }

    /// <summary>A PENDING settlement of 75.24 USD (or as changed) from a fresh account that holds 100.00.</summary>
    public async Task<StepInput> CreateAsync(Func<NewSettlement, NewSettlement>? change = null, long balanceMinor = 10_000)
    {
        var id = Guid.CreateVersion7();
        var terms = new NewSettlement
        {
            SettlementId = id,
            Reference = SettlementReference.New(DateOnly.FromDateTime(Now.UtcDateTime)),
            Kind = SettlementKind.Cash,
            EntityId = Entity,
            DebtorAccount = await OpenAccountAsync(balanceMinor),
            Amount = new Money(7_524, Currency.Usd),
            BankId = ScriptedBank.Name,
            Rail = CalendarRules.AlwaysOpen,
            CalendarCodes = [CalendarRules.AlwaysOpen],
            CreditorName = "Creditor Ltd",
            CreditorAccount = "DE00CRED",
            CreatedBy = new Actor("stella", ActorSource.Api),
            CreatedAsOf = Now,
            WorkflowInputJson = "{}",
        };
        terms = change is null ? terms : change(terms);
        terms = terms with { WorkflowInputJson = JsonSerializer.Serialize(RequestOf(terms)) };
        await SettlementCreator.InsertAsync(DataSource, terms);
        return new StepInput { SettlementId = id, Attempt = 1, AsOf = Now };
    }

    public async Task<SettlementTransaction> SettlementAsync(Guid id)
    {
        await using var context = SettlementDatabase.CreateContext(DataSource);
        return await context.Settlements.SingleAsync(row => row.SettlementId == id);
    }

    public async Task<Account> AccountOfAsync(Guid settlementId)
    {
        await using var context = SettlementDatabase.CreateContext(DataSource);
        var number = (await context.Settlements.SingleAsync(row => row.SettlementId == settlementId)).DebtorAccount;
        return await context.Accounts.SingleAsync(row => row.AccountNumber == number);
    }

    public async Task<T> ReadAsync<T>(Func<SettlementDbContext, Task<T>> read)
    {
        await using var context = SettlementDatabase.CreateContext(DataSource);
        return await read(context);
    }

    /// <summary>Validated and locked, ready for the transfer.</summary>
    public async Task<StepInput> LockedAsync()
    {
        var input = await CreateAsync();
        await Get<LifecycleActivities>().ValidateAsync(Validation(input));
        (await Get<LedgerActivities>().LockAsync(input)).Failure.ShouldBeNull();
        return input;
    }

    public static ValidateInput Validation(StepInput input, bool approved = false) =>
        new() { SettlementId = input.SettlementId, Attempt = input.Attempt, AsOf = input.AsOf, Approved = approved };

    public static TransferInput Transfer(StepInput input, Uetr? uetr = null) => new()
    {
        SettlementId = input.SettlementId,
        Attempt = input.Attempt,
        AsOf = input.AsOf,
        Bank = ScriptedBank.Name,
        Uetr = (uetr ?? Uetr.New()).ToString(),
        BankCallTimeoutSeconds = 1,
    };

    private static SettlementRequest RequestOf(NewSettlement terms) => new()
    {
        SettlementId = terms.SettlementId,
        Reference = terms.Reference,
        Kind = terms.Kind,
        EntityId = terms.EntityId,
        DebtorAccountId = terms.DebtorAccount,
        Bank = terms.BankId,
        Currency = terms.Amount.Currency.Code,
        AmountMinor = terms.Amount.AmountMinor,
        StartedBy = terms.CreatedBy.Name,
        RequestedAt = terms.CreatedAsOf,
    };
}
