using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Who did what to what, with the values before and after. Append-only, sealed in a hash chain. Table <c>audit_log</c>.</summary>
[Table("audit_log")]
[PrimaryKey(nameof(AuditId))]
public sealed class AuditEntry
{
    public long AuditId { get; set; }

    public Guid? SettlementId { get; set; }

    public string? EntityId { get; set; }

    public required string Target { get; set; }

    public required string Action { get; set; }

    public required string Actor { get; set; }

    public ActorSource ActorSource { get; set; }

    public required string Reason { get; set; }

    public string? RequestId { get; set; }

    [Column(TypeName = "jsonb")]
    public string? Before { get; set; }

    [Column(TypeName = "jsonb")]
    public string? After { get; set; }

    public DateTimeOffset AsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public long? SealNumber { get; set; }
}

/// <summary>One link of the hash chain over the audit log. Append-only. Table <c>audit_seals</c>.</summary>
[Table("audit_seals")]
[PrimaryKey(nameof(SealNumber))]
public sealed class AuditSeal
{
    public long SealNumber { get; set; }

    public int RowCount { get; set; }

    public required byte[] PreviousHash { get; set; }

    public required byte[] Hash { get; set; }

    public DateTimeOffset SealedAt { get; set; }
}
