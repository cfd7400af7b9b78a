using Npgsql;
using Settlement.Domain;
using Settlement.TestSupport;

namespace Settlement.Database.Tests;

/// <summary>A test class with a migrated and seeded database of its own, copied from one template per process.</summary>
public abstract class DatabaseTest : IAsyncLifetime
{
    protected static readonly DateTimeOffset Now = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);
    protected static readonly Actor Tester = new("tester", ActorSource.Workflow);

    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    protected string ConnectionString { get; private set; } = "";

    protected NpgsqlDataSource DataSource { get; private set; } = null!;

    protected StepRunner Runner { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        ConnectionString = await PostgresFixture.CreateDatabaseAsync(await Template.Value);
        DataSource = SettlementDatabase.CreateDataSource(ConnectionString);
        Runner = new StepRunner(DataSource);
    }

    public virtual async Task DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await PostgresFixture.DropDatabaseAsync(ConnectionString);
    }

    protected static StepKey Key(Guid settlement, StepName step, int attempt = 1) => new(settlement, attempt, step);

    /// <summary>One value by SQL.</summary>
    protected async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>SQL as somebody with a console would send it.</summary>
    protected async Task<int> SqlAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The SQLSTATE with which the database refuses.</summary>
    protected async Task<string> RefusalAsync(string sql) => (await Should.ThrowAsync<PostgresException>(() => SqlAsync(sql))).SqlState;

    protected static Money Usd(long minor) => new(minor, Currency.Usd);

    private static async Task<string> CreateTemplateAsync()
    {
        var connectionString = await PostgresFixture.CreateDatabaseAsync();
        await DatabaseMigrator.MigrateAsync(connectionString);
        await using (var source = NpgsqlDataSource.Create(connectionString))
            await ReferenceDataSeeder.SeedAsync(source, Now);
        NpgsqlConnection.ClearAllPools();
        return new NpgsqlConnectionStringBuilder(connectionString).Database!;
    }
}
