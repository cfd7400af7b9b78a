using Npgsql;
using NpgsqlTypes;

namespace Settlement.Database;

/// <summary>Reads published events in the order of their positions; a reader resumes after the last position it has seen.</summary>
public sealed class OutboxReader(NpgsqlDataSource dataSource)
{
    internal const string Columns = "sequence, event_id, settlement_id, entity_id, type, payload, as_of, recorded_at, position, published_at";
    internal const int ColumnCount = 10;

    /// <summary>Published events after a position.</summary>
    /// <param name="position">0: from the beginning.</param>
    /// <param name="scope">Whose.</param>
    /// <param name="settlementId">Only this settlement's; null: all.</param>
    /// <param name="limit">At most as many, 1000 at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<List<OutboxEvent>> AfterAsync(
        long position, ReadScope scope, Guid? settlementId = null, int limit = 200, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await Sql.ListAsync(connection, Sql.Command($"""
            SELECT {Columns} FROM settlement.outbox_events
             WHERE position > $1 AND ($2 IS NULL OR entity_id = $2) AND ($3 IS NULL OR settlement_id = $3) ORDER BY position LIMIT $4
            """, position, Sql.Text(scope.EntityId), Sql.Typed(settlementId, NpgsqlDbType.Uuid), Math.Min(limit, 1000)), Read, cancellationToken);
    }

    /// <summary>The last position given; 0 if none was.</summary>
    public async Task<long> LastPositionAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await Sql.ListAsync(connection, Sql.Command("SELECT coalesce(max(position), 0) FROM settlement.outbox_events"), row => row.GetInt64(0), cancellationToken)).Single();
    }

    internal static OutboxEvent Read(NpgsqlDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        EventId = row.GetGuid(1),
        SettlementId = row.IsDBNull(2) ? null : row.GetGuid(2),
        EntityId = row.IsDBNull(3) ? null : row.GetString(3),
        Type = row.GetString(4),
        Payload = row.GetString(5),
        AsOf = row.GetFieldValue<DateTimeOffset>(6),
        RecordedAt = row.GetFieldValue<DateTimeOffset>(7),
        Position = row.IsDBNull(8) ? null : row.GetInt64(8),
        PublishedAt = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
    };
}
