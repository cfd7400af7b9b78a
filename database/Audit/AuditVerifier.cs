using Npgsql;
using Settlement.Database.Proof;

namespace Settlement.Database;

/// <summary>Recomputes the hash chain (invariant 7): altered, added and missing rows, missing links, rows left unsealed. Archived rows count as they did.</summary>
public sealed class AuditVerifier(NpgsqlDataSource dataSource)
{
    /// <summary>Rows older than this by the machine's clock must be sealed.</summary>
    public static readonly TimeSpan SealLimit = TimeSpan.FromSeconds(5);

    /// <summary>True: nobody seals, because no worker runs; a row's age is then counted to the last row that was written, and not to now.</summary>
    public bool AtRest { get; init; }

    /// <summary>All breaches; empty if the chain is whole.</summary>
    public async Task<IReadOnlyList<Breach>> VerifyAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // One snapshot for all statements: the sealer may be at work.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var seals = await Sql.ListAsync(connection, Sql.Command("SELECT seal_number, row_count, previous_hash, hash FROM settlement.audit_seals ORDER BY seal_number"),
            row => new Seal(row.GetInt64(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3)), cancellationToken);
        var recomputed = await RecomputeAsync(connection, seals, cancellationToken);
        var breaches = new List<Breach>();
        var previous = AuditHash.Genesis;
        for (var i = 0; i < seals.Count; i++)
        {
            var seal = seals[i];
            if (seal.Number != i + 1)
                breaches.Add(new Breach(7, "audit link missing", $"link {i + 1} is gone, {seal.Number} follows"));
            if (!seal.Previous.AsSpan().SequenceEqual(previous))
                breaches.Add(new Breach(7, "audit chain broken", $"link {seal.Number} does not follow the one before it"));
            var (count, hash) = recomputed.GetValueOrDefault(seal.Number, (0, []));
            if (count != seal.RowCount)
                breaches.Add(new Breach(7, "audit rows missing or added", $"link {seal.Number} sealed {seal.RowCount} rows, {count} are there"));
            else if (!seal.Hash.AsSpan().SequenceEqual(hash))
                breaches.Add(new Breach(7, "audit rows altered", $"the rows of link {seal.Number} do not give its hash"));
            if (i + 1 != seal.Number)
                break;
            previous = seal.Hash;
        }

        breaches.AddRange(await Sql.ListAsync(connection, Sql.Command("""
            SELECT count(*), min(audit_id) FROM settlement.audit_log
             WHERE seal_number IS NULL AND recorded_at < CASE WHEN $2 THEN (SELECT max(recorded_at) FROM settlement.audit_log) ELSE clock_timestamp() END - $1
            HAVING count(*) > 0
            """, SealLimit, AtRest), row => new Breach(7, "audit rows left unsealed", $"{row.GetInt64(0)} rows are older than {SealLimit.TotalSeconds} s, the first is {row.GetInt64(1)}"), cancellationToken));
        breaches.AddRange(await Sql.ListAsync(connection, Sql.Command("""
            SELECT audit_id, seal_number FROM settlement.audit_trail a
             WHERE seal_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM settlement.audit_seals s WHERE s.seal_number = a.seal_number) LIMIT 10
            """), row => new Breach(7, "audit row without link", $"row {row.GetInt64(0)} names link {row.GetInt64(1)}"), cancellationToken));
        return breaches;
    }

    /// <summary>Rows and hash per link, in one pass over the log and without holding it in memory.</summary>
    private static async Task<Dictionary<long, (int Count, byte[] Hash)>> RecomputeAsync(
        NpgsqlConnection connection, IEnumerable<Seal> seals, CancellationToken cancellationToken)
    {
        var previousOf = seals.ToDictionary(seal => seal.Number, seal => seal.Previous);
        var results = new Dictionary<long, (int, byte[])>();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Sql.Command($"SELECT seal_number, {AuditHash.Columns} FROM settlement.audit_trail l WHERE seal_number IS NOT NULL ORDER BY l.seal_number, l.audit_id") },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        AuditHash? hash = null;
        var current = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            var number = reader.GetInt64(0);
            if (hash is null || number != current)
            {
                Close(hash, current, results);
                (hash, current) = (new AuditHash(previousOf.GetValueOrDefault(number, AuditHash.Genesis)), number);
            }

            hash.Append(reader, 1);
        }

        Close(hash, current, results);
        return results;
    }

    private static void Close(AuditHash? hash, long number, Dictionary<long, (int, byte[])> results)
    {
        if (hash is null)
            return;
        results[number] = (hash.RowCount, hash.Finish());
        hash.Dispose();
    }

    private sealed record Seal(long Number, int RowCount, byte[] Previous, byte[] Hash);
}
