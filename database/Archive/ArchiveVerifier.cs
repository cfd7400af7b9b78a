using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Settlement.Database.Proof;

namespace Settlement.Database;

/// <summary>
/// Recomputes the archive's own hash chain, without the database's function: altered, missing and exchanged records. The audit rows
/// of archived settlements are verified with all others by <see cref="AuditVerifier"/>.
/// </summary>
public sealed class ArchiveVerifier(NpgsqlDataSource dataSource)
{
    /// <summary>All breaches; empty if the chain is whole.</summary>
    public async Task<IReadOnlyList<Breach>> VerifyAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Command("""
                    SELECT archive_number, settlement_id::text, (extract(epoch FROM archived_as_of) * 1000000)::bigint, record::text, previous_hash, hash
                      FROM archive.settlements ORDER BY archive_number
                    """),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var breaches = new List<Breach>();
        var previous = AuditHash.Genesis;
        for (var expected = 1L; await reader.ReadAsync(cancellationToken); expected++)
        {
            var number = reader.GetInt64(0);
            if (number != expected)
            {
                breaches.Add(new Breach(7, "archive link missing", $"link {expected} is gone, {number} follows"));
                break;
            }

            if (!reader.GetFieldValue<byte[]>(4).AsSpan().SequenceEqual(previous))
                breaches.Add(new Breach(7, "archive chain broken", $"link {number} does not follow the one before it"));
            var hash = reader.GetFieldValue<byte[]>(5);
            if (!hash.AsSpan().SequenceEqual(Link(reader)))
                breaches.Add(new Breach(7, "archived record altered", $"link {number} (settlement {reader.GetString(1)}) does not give its hash"));
            previous = hash;
        }

        return breaches;
    }

    private static byte[] Link(NpgsqlDataReader row)
    {
        var text = $"{row.GetString(1)}\n{row.GetInt64(2).ToString(CultureInfo.InvariantCulture)}\n{row.GetString(3)}";
        return SHA256.HashData([.. row.GetFieldValue<byte[]>(4), .. Encoding.UTF8.GetBytes(text)]);
    }
}
