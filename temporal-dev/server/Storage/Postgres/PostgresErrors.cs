using System.Net.Sockets;
using Npgsql;

namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>Tells a database that is away from one that refuses what it is given.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether the same call may well succeed later. Class 25006 is a primary that has become a standby, 53 includes a full disk.</summary>
    public static bool IsAway(Exception exception) => exception switch
    {
        PostgresException refused => refused.SqlState is "25006" or "55P03" || refused.SqlState[..2] is "08" or "28" or "40" or "53" or "57" or "58" or "XX",
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>The exception that callers of the store get for it.</summary>
    public static StoreUnavailableException Unavailable(Exception exception) => new($"PostgreSQL does not answer: {exception.Message}", exception);
}
