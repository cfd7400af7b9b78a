namespace Temporalio.DevServer.Storage.Postgres;

/// <summary>How many visibility rows of a kind came or went.</summary>
internal readonly record struct StatusChange(Guid NamespaceId, string Division, short Status, long Count)
{
    /// <summary>Columns of the results that say so: namespace_id, namespace_division, status, count.</summary>
    public const int Columns = 4;

    public static StatusChange Read(Npgsql.NpgsqlDataReader reader) => new(reader.GetGuid(0), reader.GetString(1), reader.GetInt16(2), reader.GetInt64(3));
}
