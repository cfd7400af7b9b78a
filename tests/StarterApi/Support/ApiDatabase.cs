using Npgsql;
using Settlement.Database;
using Settlement.Domain;
using Settlement.TestSupport;

namespace Settlement.StarterApi.Tests.Support;

/// <summary>A migrated database with reference data and a few accounts, copied from one template per process.</summary>
internal static class ApiDatabase
{
    public const string AccountA = "A-USD-1";
    public const string AccountYenA = "A-JPY-1";
    public const string AccountB = "B-USD-1";
    public const string Bank = "simbank";

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    public static async Task<string> CreateAsync() =>
        await PostgresFixture.CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(await Template.Value).Database);

    private static async Task<string> MakeTemplateAsync()
    {
        var connection = await PostgresFixture.CreateDatabaseAsync();
        await DatabaseMigrator.MigrateAsync(connection);
        await using (var source = SettlementDatabase.CreateDataSource(connection, settings => settings.Pooling = false))
        {
            var now = DateTimeOffset.UtcNow;
            await ReferenceDataSeeder.SeedAsync(source, now);
            await new AccountSeeder(source).OpenAsync(Accounts(), now);
        }

        NpgsqlConnection.ClearAllPools();
        return connection;
    }

    private static NewAccount[] Accounts() =>
    [
        Account(AccountA, AccountKind.Customer, TestUsers.EntityA, Currency.Usd, 1_000_000_00),
        Account(AccountYenA, AccountKind.Customer, TestUsers.EntityA, Currency.Jpy, 1_000_000),
        Account(AccountB, AccountKind.Customer, TestUsers.EntityB, Currency.Usd, 1_000_000_00),
        Account("N-USD-1", AccountKind.Nostro, TestUsers.EntityA, Currency.Usd, 5_000_000_00) with { BankId = Bank, BankBic = "SIMBUS33XXX", NumberThere = "OUR-USD" },
        Account("V-USD-1", AccountKind.Vostro, TestUsers.EntityA, Currency.Usd, 7_000_00) with { BankId = Bank, BankBic = "SIMBUS33XXX" },
    ];

    private static NewAccount Account(string number, AccountKind kind, string entity, Currency currency, long minor) => new()
    {
        AccountNumber = number,
        Kind = kind,
        EntityId = entity,
        Name = number,
        Currency = currency,
        OpeningBalance = new Money(minor, currency),
    };
}
