using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Enters ROLLING_BACK. Where an instruction existed, closes it with the proof that it moved no money and records that as
/// the outcome of the transfer's compensation, in the same transaction.
/// </summary>
public interface IBeginRollBackActivity
{
    [Activity("BeginRollBack")]
    Task BeginRollBackAsync(RollBackInput input);
}
