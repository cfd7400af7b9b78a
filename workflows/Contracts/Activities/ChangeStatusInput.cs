using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>One transition.</summary>
public sealed record ChangeStatusInput : RepeatableStepInput
{
    public required SettlementStatus To { get; init; }

    /// <summary>Who caused it; the system user if nobody did.</summary>
    public Actor? Actor { get; init; }

    public required string Reason { get; init; }

    /// <summary>The failure that led here, if one did.</summary>
    public SettlementFailure? Failure { get; init; }
}
