using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Settlement.Domain;

namespace Settlement.Database;

/// <summary>One attempt of a settlement: the saga's own state. Table <c>settlement_atomic_operations</c>.</summary>
[Table("settlement_atomic_operations")]
[PrimaryKey(nameof(SettlementId), nameof(Attempt))]
public sealed class AtomicOperation
{
    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public AtomicOperationState State { get; set; }

    public DateTimeOffset StartedAsOf { get; set; }

    public DateTimeOffset? EndedAsOf { get; set; }
}

/// <summary>State of one attempt.</summary>
[JsonConverter(typeof(UpperSnakeEnumConverter<AtomicOperationState>))]
public enum AtomicOperationState
{
    InProgress,
    RollingBack,
    RolledBack,
    Completed,
}

/// <summary>One executed step with the states around it and its first answer. Append-only. Table <c>settlement_operation_checkpoints</c>.</summary>
[Table("settlement_operation_checkpoints")]
[PrimaryKey(nameof(SettlementId), nameof(Attempt), nameof(Step))]
public sealed class OperationCheckpoint
{
    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public required string Step { get; set; }

    public SettlementStatus StatusBefore { get; set; }

    public SettlementStatus StatusAfter { get; set; }

    public DateTimeOffset AsOf { get; set; }

    [Column(TypeName = "json")]
    public required string Result { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
