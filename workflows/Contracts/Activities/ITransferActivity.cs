using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Step 3, the point of no return: records the instruction with its UETR, freezes the lock and commits, then calls the
/// bank. A repeat after a crash asks the bank about the UETR first.
/// </summary>
public interface ITransferActivity
{
    [Activity("Transfer")]
    Task<BankAnswer> TransferAsync(TransferInput input);
}
