using Microsoft.Extensions.Options;
using Npgsql;
using Settlement.Database;
using Settlement.Hosting;
using Settlement.Worker.Options;

namespace Settlement.Worker.Startup;

/// <summary>The database that this worker works with, and the account that migrates it.</summary>
internal sealed class DatabaseConnection(IOptions<DatabaseOptions> options, IOptions<WorkerOptions> worker)
{
    /// <exception cref="ConfigurationException">DATABASE_URL cannot be read; the message does not repeat it.</exception>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Parse(options.Value.Url, "DATABASE_URL")) { MaxPoolSize = options.Value.MaxConnections }.ConnectionString;

    /// <summary>Used at start only, so its connections are closed and not pooled.</summary>
    /// <exception cref="ConfigurationException">DATABASE_MIGRATION_URL cannot be read; the message does not repeat it.</exception>
    public string MigrationConnectionString => new NpgsqlConnectionStringBuilder(
        string.IsNullOrEmpty(worker.Value.MigrationUrl) ? ConnectionString : Parse(worker.Value.MigrationUrl, "DATABASE_MIGRATION_URL")) { Pooling = false }.ConnectionString;

    private static string Parse(string url, string name)
    {
        try
        {
            return SettlementDatabase.ConnectionString(url);
        }
        catch (FormatException wrong)
        {
            throw new ConfigurationException(wrong.Message.Replace("DATABASE_URL", name, StringComparison.Ordinal));
        }
    }
}
