using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Step 2: a pending ledger transfer holds the amount; availability is checked inside the write. Refused for lack of funds,
/// the first attempt becomes FAILED in the same transaction, a later one stays where it was.
/// </summary>
public interface ILockActivity
{
    [Activity("LockFunds")]
    Task<LockResult> LockAsync(StepInput input);
}
