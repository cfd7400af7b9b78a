using Microsoft.Extensions.Options;
using Npgsql;
using Settlement.Database;
using Settlement.Hosting;

namespace Settlement.StarterApi.Hosting;

/// <summary>Makes the pool from <see cref="DatabaseOptions"/>.</summary>
public static class DatabaseConnection
{
    /// <exception cref="ConfigurationException">The URL is neither form; the message does not show it, since it holds a password.</exception>
    public static NpgsqlDataSource Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        try
        {
            return SettlementDatabase.CreateDataSource(SettlementDatabase.ConnectionString(options.Url), connection =>
            {
                connection.ApplicationName = "settlement-starter-api";
                connection.MaxPoolSize = options.MaxConnections;
                connection.Timeout = 5;
                connection.CommandTimeout = 15;
            });
        }
        catch (FormatException wrong)
        {
            throw new ConfigurationException("Database:Url: " + wrong.Message);
        }
    }
}
