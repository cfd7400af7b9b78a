using Npgsql;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>Creates the server's schema in an empty database; refuses one that a newer server made.</summary>
internal static class SchemaInstaller
{
    /// <summary>The schema's name; connections have it as their search path.</summary>
    public const string Schema = "temporal_dev";

    private const int Version = 1;

    /// <summary>Servers that start at once install one after the other. Any number will do that nobody else uses.</summary>
    private const long InstallLock = 0x54_44_53_49_4E_53_54;

    /// <exception cref="StoreRejectedException">The database belongs to a newer server.</exception>
    public static async Task InstallAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({InstallLock})", cancellationToken);
        await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {Schema}; CREATE TABLE IF NOT EXISTS {Schema}.schema_version (version integer NOT NULL)", cancellationToken);
        await using var read = new NpgsqlCommand($"SELECT max(version) FROM {Schema}.schema_version", connection);
        var found = await read.ExecuteScalarAsync(cancellationToken) as int?;
        if (found > Version)
            throw new StoreRejectedException($"The database has version {found} of the schema {Schema}; this server knows up to {Version}.");
        if (found is null)
        {
            await ExecuteAsync(connection, $"SET LOCAL search_path = {Schema}; {await ReadAsync(cancellationToken)}", cancellationToken);
            await ExecuteAsync(connection, $"INSERT INTO {Schema}.schema_version VALUES ({Version})", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        await using var resource = typeof(SchemaInstaller).Assembly.GetManifestResourceStream("Storage.Schema.sql")!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
