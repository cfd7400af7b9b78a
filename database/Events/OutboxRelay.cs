using Npgsql;
using NpgsqlTypes;

namespace Settlement.Database;

/// <summary>
/// Publishes events, at least once and in order. There is one relay at a time (an advisory lock of its transaction), and it
/// gives each event its position: identities are drawn when a transaction writes and become visible when it commits, in any
/// order, while positions become visible in theirs. Readers follow positions and miss nothing.
/// </summary>
public sealed class OutboxRelay(NpgsqlDataSource dataSource)
{
    // Any constant would do; all processes must use the same.
    private const long AdvisoryLock = 0x0B0C5;

    /// <summary>Publishes the next events.</summary>
    /// <param name="publish">
    /// Hands them on, in order, with <see cref="OutboxEvent.EventId"/> as key; if it throws, nothing counts as published and the
    /// same events come again. Null: they are only put in order for readers of the table.
    /// </param>
    /// <param name="limit">At most as many.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <returns>How many were published; 0 if there are none or another relay is at work.</returns>
    public async Task<int> RelayOnceAsync(
        Func<IReadOnlyList<OutboxEvent>, CancellationToken, Task>? publish = null, int limit = 500, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isMine = (await Sql.ListAsync(connection, Sql.Command("SELECT pg_try_advisory_xact_lock($1)", AdvisoryLock), row => row.GetBoolean(0), cancellationToken)).Single();
        if (!isMine)
            return 0;
        // A statement after the lock: it sees what the relay before this one committed.
        var events = await Sql.ListAsync(connection, Sql.Command($"""
            SELECT {OutboxReader.Columns}, (SELECT coalesce(max(position), 0) FROM settlement.outbox_events)
              FROM settlement.outbox_events WHERE position IS NULL ORDER BY sequence LIMIT $1
            """, limit), row =>
            {
                var next = OutboxReader.Read(row);
                next.Position = row.GetInt64(OutboxReader.ColumnCount);
                return next;
            }, cancellationToken);
        if (events.Count == 0)
            return 0;
        for (var i = 0; i < events.Count; i++)
            events[i].Position += i + 1;
        if (publish is not null)
            await publish(events, cancellationToken);
        await Sql.ExecuteAsync(connection, Sql.Command("""
            UPDATE settlement.outbox_events o SET position = p.position, published_at = clock_timestamp()
              FROM unnest($1, $2) AS p (sequence, position) WHERE o.sequence = p.sequence
            """,
            Sql.Typed(events.Select(next => next.Sequence).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
            Sql.Typed(events.Select(next => next.Position!.Value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return events.Count;
    }
}
