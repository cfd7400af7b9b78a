namespace Settlement.Database;

/// <summary>One link of the hash chain over the audit log. Append-only. Table <c>audit_seals</c>.</summary>
public sealed class AuditSeal
{
    public long SealNumber { get; set; }

    public int RowCount { get; set; }

    public required byte[] PreviousHash { get; set; }

    public required byte[] Hash { get; set; }

    public DateTimeOffset SealedAt { get; set; }
}
