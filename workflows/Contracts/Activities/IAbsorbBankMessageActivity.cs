using Temporalio.Activities;

namespace Settlement.Workflows.Contracts;

/// <summary>
/// Takes in a bank's message that the process cannot use: about an earlier instruction, contradicting what is proven, or
/// with another amount. A confirmation after release opens a case and posts the amount to suspense; nothing is dropped.
/// </summary>
public interface IAbsorbBankMessageActivity
{
    [Activity("AbsorbBankMessage")]
    Task AbsorbAsync(AbsorbInput input);
}
