using Npgsql;

namespace Temporalio.DevServer.Hosting;

/// <summary>Reads what users give as a database, and names it in a way that may be shown.</summary>
internal static class DatabaseName
{
    private const int DefaultPort = 5432;

    /// <summary>Reads a connection string: <c>postgres://user:password@host:port/database?option=value</c>, or Npgsql's <c>Host=…;Database=…</c>.</summary>
    /// <returns>Npgsql's form.</returns>
    /// <exception cref="FormatException">It is neither. The message does not repeat it: it may hold a password.</exception>
    public static string Parse(string text)
    {
        try
        {
            var builder = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
                ? FromUrl(new Uri(text))
                : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(builder.Host))
                throw new FormatException("a database needs a host: postgres://user:password@host:port/name, or Host=…;Database=…");
            return builder.ConnectionString;
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException("not a connection string: write postgres://user:password@host:port/name, or Host=…;Database=…");
        }
    }

    /// <summary>Who and where, without password and options.</summary>
    public static string Of(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{builder.Host}:{builder.Port}/{builder.Database ?? builder.Username}";
    }

    private static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = url.Host, Port = url.Port > 0 ? url.Port : DefaultPort };
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            builder.Password = Uri.UnescapeDataString(user[1]);
        if (url.AbsolutePath.Length > 1)
            builder.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        foreach (var option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            builder[Uri.UnescapeDataString(pair[0])] = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
        }
        return builder;
    }
}
