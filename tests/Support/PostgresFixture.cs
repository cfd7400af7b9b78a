using Npgsql;
using Settlement.AppHost.Postgres;
using Settlement.AppHost.Processes;

namespace Settlement.TestSupport;

/// <summary>
/// A running PostgreSQL cluster for tests: the one that the test runner shares (SETTLEMENT_TEST_DATABASE, a superuser's connection
/// string), else a private one of this process. Databases are cheap: every test class takes its own. Pools are smaller and more patient
/// than the default, since all test projects share one cluster and a loaded machine.
/// </summary>
public static class PostgresFixture
{
    /// <summary>Name of the variable that carries the shared cluster's connection string.</summary>
    public const string Variable = "SETTLEMENT_TEST_DATABASE";

    private static readonly Lazy<Task<string>> Cluster = new(StartAsync);

    /// <summary>Creates an empty database (or a copy of <paramref name="template"/>) and returns its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var admin = await Cluster.Value;
        var name = "t_" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE \"{template}\""), connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(admin) { Database = name, MaxPoolSize = 50, Timeout = 120, CommandTimeout = 120 }.ConnectionString;
    }

    /// <summary>Drops a database that <see cref="CreateDatabaseAsync"/> made, whoever is still connected.</summary>
    public static async Task DropDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connectionString));
        await using var connection = new NpgsqlConnection(await Cluster.Value);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } shared)
            return shared;
        var folder = Path.Combine(Path.GetTempPath(), $"settlement-test-{Environment.ProcessId}");
        var cluster = await PrivatePostgres.StartAsync(folder, FreePort.Any(), Path.Combine(folder, "server.log"), Console.Error.WriteLine, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            cluster.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
            Directory.Delete(folder, recursive: true);
        };
        return cluster.ConnectionString("postgres");
    }
}
