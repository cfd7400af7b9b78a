using Microsoft.Extensions.Options;
using Npgsql;
using Settlement.StarterApi.Options;

namespace Settlement.StarterApi.Hosting;

/// <summary>Makes the pool from <see cref="DatabaseOptions"/>.</summary>
public static class DatabaseConnection
{
    public static NpgsqlDataSource Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        var builder = new NpgsqlDataSourceBuilder(ConnectionString(options.Url));
        builder.ConnectionStringBuilder.ApplicationName = "settlement-starter-api";
        builder.ConnectionStringBuilder.MaxPoolSize = options.MaxConnections;
        builder.ConnectionStringBuilder.Timeout = 5;
        builder.ConnectionStringBuilder.CommandTimeout = 15;
        builder.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        return builder.Build();
    }

    /// <summary>An Npgsql connection string from either form of <c>DATABASE_URL</c>.</summary>
    /// <exception cref="ConfigurationException">It is neither; the message does not show it, since it holds a password.</exception>
    public static string ConnectionString(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            return url.StartsWith("postgres://", StringComparison.Ordinal) || url.StartsWith("postgresql://", StringComparison.Ordinal)
                ? FromUrl(new Uri(url))
                : new NpgsqlConnectionStringBuilder(url).ConnectionString;
        }
        catch (Exception wrong) when (wrong is UriFormatException or ArgumentException or FormatException)
        {
            throw new ConfigurationException("Database:Url (DATABASE_URL) must be postgres://user:password@host:port/name or an Npgsql connection string");
        }
    }

    private static string FromUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Uri.UnescapeDataString(url.Host),
            Port = url.IsDefaultPort || url.Port < 0 ? 5432 : url.Port,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
        };
        if (user.Length == 2)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var part in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            builder[Uri.UnescapeDataString(pair[0]).Replace("sslmode", "SSL Mode", StringComparison.Ordinal)] = Uri.UnescapeDataString(pair.Length == 2 ? pair[1] : "");
        }

        return builder.ConnectionString;
    }
}
