using Settlement.Domain;
using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Our own books: funds are held, released or posted.</summary>
public interface ILedgerActivities
{
    /// <summary>
    /// Step 2: a pending ledger transfer holds the amount; availability is checked inside the write. Refused for lack of funds,
    /// the first attempt becomes FAILED in the same transaction, a later one stays where it was.
    /// </summary>
    [Activity("LockFunds")]
    Task<LockResult> LockAsync(StepInput input);

    /// <summary>
    /// Compensation of the lock: voids the pending transfer, records it in <c>compensation_transactions</c> and leaves
    /// ROLLING_BACK, in one transaction. Does nothing to a lock that never was.
    /// </summary>
    [Activity("ReleaseFunds")]
    Task ReleaseAsync(ReleaseInput input);

    /// <summary>Step 5: posts the pending transfer exactly once; SETTLED.</summary>
    [Activity("Finalize")]
    Task FinalizeAsync(StepInput input);
}

/// <summary>Outcome of the lock step.</summary>
public sealed record LockResult
{
    /// <summary>State after the step: FUNDS_LOCKED, or FAILED or AWAITING_RETRY when refused.</summary>
    public required SettlementStatus Status { get; init; }

    /// <summary>Why nothing was locked; null if it was.</summary>
    public SettlementFailure? Failure { get; init; }

    public string? Detail { get; init; }
}

/// <summary>How an attempt ends without money having moved.</summary>
public sealed record ReleaseInput : StepInput
{
    /// <summary>State that follows ROLLING_BACK: AWAITING_RETRY, FAILED or CANCELLED.</summary>
    public required SettlementStatus Then { get; init; }

    public Actor? Actor { get; init; }
    public required string Reason { get; init; }
    public SettlementFailure? Failure { get; init; }
}
