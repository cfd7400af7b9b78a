using Microsoft.Extensions.Options;
using Npgsql;
using Settlement.Database;
using Settlement.Hosting;

namespace Settlement.Worker.Startup;

/// <summary>The database that this worker migrates and works with.</summary>
internal sealed class DatabaseConnection(IOptions<DatabaseOptions> options)
{
    /// <exception cref="ConfigurationException">DATABASE_URL cannot be read; the message does not repeat it.</exception>
    public string ConnectionString
    {
        get
        {
            try
            {
                return new NpgsqlConnectionStringBuilder(SettlementDatabase.ConnectionString(options.Value.Url)) { MaxPoolSize = options.Value.MaxConnections }.ConnectionString;
            }
            catch (FormatException wrong)
            {
                throw new ConfigurationException(wrong.Message);
            }
        }
    }
}
