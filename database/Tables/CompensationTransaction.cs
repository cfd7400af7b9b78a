namespace Settlement.Database;

/// <summary>A compensation, registered before its step ran, with its tries and outcome. Table <c>compensation_transactions</c>.</summary>
public sealed class CompensationTransaction
{
    public Guid CompensationId { get; set; }

    public Guid SettlementId { get; set; }

    public int Attempt { get; set; }

    public CompensationAction Action { get; set; }

    public CompensationState State { get; set; }

    public int Tries { get; set; }

    public string? LastError { get; set; }

    public string? Evidence { get; set; }

    public DateTimeOffset RegisteredAsOf { get; set; }

    public DateTimeOffset? TriedAsOf { get; set; }

    public DateTimeOffset? CompletedAsOf { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
