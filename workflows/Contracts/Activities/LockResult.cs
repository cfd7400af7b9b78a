using Settlement.Domain;

namespace Settlement.Workflows.Contracts;

/// <summary>Outcome of the lock step.</summary>
public sealed record LockResult
{
    /// <summary>State after the step: FUNDS_LOCKED, or FAILED or AWAITING_RETRY when refused.</summary>
    public required SettlementStatus Status { get; init; }

    /// <summary>Why nothing was locked; null if it was.</summary>
    public SettlementFailure? Failure { get; init; }

    public string? Detail { get; init; }
}
