using Npgsql;
using Settlement.TestSupport;

namespace Settlement.Database.Tests;

/// <summary>A migrated and seeded database, copied from one template per process, and dropped at the end.</summary>
public class TestDatabase : IAsyncLifetime
{
    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource DataSource { get; private set; } = null!;

    public StepRunner Runner { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = await PostgresFixture.CreateDatabaseAsync(await Template.Value);
        DataSource = SettlementDatabase.CreateDataSource(ConnectionString);
        Runner = new StepRunner(DataSource);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await PostgresFixture.DropDatabaseAsync(ConnectionString);
    }

    /// <summary>One value by SQL.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>SQL as somebody with a console would send it.</summary>
    public async Task<int> SqlAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The SQLSTATE with which the database refuses.</summary>
    public async Task<string> RefusalAsync(string sql) => (await Should.ThrowAsync<PostgresException>(() => SqlAsync(sql))).SqlState;

    private static async Task<string> CreateTemplateAsync()
    {
        var connectionString = await PostgresFixture.CreateDatabaseAsync();
        await DatabaseMigrator.MigrateAsync(connectionString);
        await using (var source = NpgsqlDataSource.Create(connectionString))
            await ReferenceDataSeeder.SeedAsync(source, Bank.Now);
        // A template with a connection to it cannot be copied.
        NpgsqlConnection.ClearAllPools();
        return new NpgsqlConnectionStringBuilder(connectionString).Database!;
    }
}
