using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>Step 3 of a return: records it, then asks the bank to give the money back (camt.056). Asked again, it asks the bank the same.</summary>
public interface IRequestReturnActivity
{
    [Activity("RequestReturn")]
    Task<BankAnswer> RequestReturnAsync(ReturnInput input);
}
