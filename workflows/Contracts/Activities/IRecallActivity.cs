using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Compensation of the transfer: asks the bank to recall the instruction (camt.056). The answer is recorded in
/// <c>compensation_transactions</c>. Throws, to be repeated, while the bank gives none.
/// </summary>
public interface IRecallActivity
{
    [Activity("RecallPayment")]
    Task<RecallAnswer> RecallAsync(RecallInput input);
}
