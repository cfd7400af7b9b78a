using Settlement.Domain;

namespace Settlement.Database;

/// <summary>Who did what to what, with the values before and after. Append-only, sealed in a hash chain. Table <c>audit_log</c>.</summary>
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

    public string? Before { get; set; }

    public string? After { get; set; }

    public DateTimeOffset AsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public long? SealNumber { get; set; }
}
