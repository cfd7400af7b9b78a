using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Compensation of the lock: voids the pending transfer, records it in <c>compensation_transactions</c> and leaves
/// ROLLING_BACK, in one transaction. Does nothing to a lock that never was.
/// </summary>
public interface IReleaseFundsActivity
{
    [Activity("ReleaseFunds")]
    Task ReleaseAsync(ReleaseInput input);
}
