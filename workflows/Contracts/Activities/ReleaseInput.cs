using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>How an attempt ends without money having moved.</summary>
public sealed record ReleaseInput : StepInput
{
    /// <summary>State that follows ROLLING_BACK: AWAITING_RETRY, FAILED or CANCELLED.</summary>
    public required SettlementStatus Then { get; init; }

    public Actor? Actor { get; init; }
    public required string Reason { get; init; }
    public SettlementFailure? Failure { get; init; }
}
