using Settlement.Domain;

namespace Settlement.Database;

/// <summary>One executed step with the states around it and its first answer. Append-only. Table <c>settlement_operation_checkpoints</c>.</summary>
public sealed class OperationCheckpoint
{
    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public required string Step { get; set; }

    public SettlementStatus StatusBefore { get; set; }

    public SettlementStatus StatusAfter { get; set; }

    public DateTimeOffset AsOf { get; set; }

    public required string Result { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
