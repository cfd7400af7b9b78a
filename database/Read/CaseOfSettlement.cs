namespace Settlement.Database;

/// <summary>A case and whose it is.</summary>
public sealed class CaseOfSettlement
{
    public required AttentionCase Case { get; init; }

    /// <summary>Reference of the settlement.</summary>
    public required string Reference { get; init; }

    public required string EntityId { get; init; }

    /// <summary>Who started the settlement, and therefore never approves.</summary>
    public required string StartedBy { get; init; }
}
