namespace Settlement.Database;

/// <summary>One attempt of a settlement: the saga's own state. Table <c>settlement_atomic_operations</c>.</summary>
public sealed class AtomicOperation
{
    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public AtomicOperationState State { get; set; }

    public DateTimeOffset StartedAsOf { get; set; }

    public DateTimeOffset? EndedAsOf { get; set; }
}
