using Npgsql;
using NpgsqlTypes;

namespace Settlement.Database;

/// <summary>
/// Seals audit rows into the hash chain, a batch at a time. There is one sealer at a time (an advisory lock of its
/// transaction), so that no settlement waits for another's link.
/// </summary>
public sealed class AuditSealer(NpgsqlDataSource dataSource)
{
    // Any constant would do; all processes must use the same.
    private const long AdvisoryLock = 0x5EA1;

    /// <summary>Seals the oldest unsealed rows.</summary>
    /// <param name="limit">At most as many, in one link.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <returns>How many were sealed; 0 if there are none or another sealer is at work.</returns>
    public async Task<int> SealOnceAsync(int limit = 2000, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isMine = (await Sql.ListAsync(connection, Sql.Command("SELECT pg_try_advisory_xact_lock($1)", AdvisoryLock), row => row.GetBoolean(0), cancellationToken)).Single();
        if (!isMine)
            return 0;
        var (number, previous) = (await Sql.ListAsync(connection, Sql.Command("SELECT seal_number, hash FROM settlement.audit_seals ORDER BY seal_number DESC LIMIT 1"),
            row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)), cancellationToken)).DefaultIfEmpty((0, AuditHash.Genesis)).Single();
        using var hash = new AuditHash(previous);
        var sealedIds = await Sql.ListAsync(connection, Sql.Command($"""
            SELECT audit_id, {AuditHash.Columns} FROM settlement.audit_log l WHERE seal_number IS NULL ORDER BY l.audit_id LIMIT $1
            """, limit), row =>
            {
                hash.Append(row, 1);
                return row.GetInt64(0);
            }, cancellationToken);
        if (sealedIds.Count == 0)
            return 0;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Command("INSERT INTO settlement.audit_seals (seal_number, row_count, previous_hash, hash) VALUES ($1, $2, $3, $4)",
                    number + 1, sealedIds.Count, previous, hash.Finish()),
                Sql.Command("UPDATE settlement.audit_log SET seal_number = $1 WHERE audit_id = ANY ($2)",
                    number + 1, Sql.Typed(sealedIds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return sealedIds.Count;
    }
}
