using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Settlement.Database;

/// <summary>
/// The hash of one link of the chain: SHA-256 over the previous link and every column of every row of the batch, each with its
/// length before it, so that no two different batches have the same bytes.
/// </summary>
internal sealed class AuditHash : IDisposable
{
    /// <summary>Columns as text that does not depend on the session: instants are microseconds since 1970.</summary>
    public const string Columns = """
        audit_id::text, settlement_id::text, entity_id, target, action, actor, actor_source, reason, request_id, before::text, after::text,
        (extract(epoch FROM as_of) * 1000000)::bigint::text, (extract(epoch FROM recorded_at) * 1000000)::bigint::text
        """;

    public const int ColumnCount = 13;

    /// <summary>What the first link has for its previous one.</summary>
    public static readonly byte[] Genesis = new byte[32];

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public AuditHash(byte[] previous) => hash.AppendData(previous);

    /// <summary>Rows appended so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Appends the row whose columns begin at an ordinal.</summary>
    public void Append(NpgsqlDataReader row, int firstOrdinal)
    {
        for (var i = firstOrdinal; i < firstOrdinal + ColumnCount; i++)
            Append(row.IsDBNull(i) ? null : row.GetString(i));
        RowCount++;
    }

    public byte[] Finish() => hash.GetHashAndReset();

    public void Dispose() => hash.Dispose();

    private void Append(string? value)
    {
        var bytes = value is null ? [] : Encoding.UTF8.GetBytes(value);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
