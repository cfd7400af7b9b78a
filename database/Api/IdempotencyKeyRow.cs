namespace Settlement.Database.Api;

/// <summary>What was answered to one Idempotency-Key, for ever. Append-only. Table <c>api_idempotency_keys</c>.</summary>
public sealed class IdempotencyKeyRow
{
    public required string EntityId { get; set; }

    public required string IdempotencyKey { get; set; }

    public required byte[] RequestHash { get; set; }

    public Guid SettlementId { get; set; }

    public required string Response { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
