using Settlement.Activities.Banks;
using Settlement.Domain;

namespace Settlement.Activities.Instructions;

/// <summary>What an instruction says, kept with its step: a repeat must say exactly the same, or the bank takes it for another.</summary>
/// <param name="Reference">Our reference, the end-to-end id.</param>
/// <param name="Amount">What is paid.</param>
/// <param name="DebtorAccount">Our account at the bank.</param>
/// <param name="CreditorAccount">The account that receives.</param>
/// <param name="ValueDate">Requested value date.</param>
internal sealed record InstructionTerms(string Reference, Money Amount, string DebtorAccount, string CreditorAccount, DateOnly? ValueDate)
{
    /// <summary>The message id follows from the UETR, so that repeats carry the same.</summary>
    public BankInstruction ToInstruction(Uetr uetr) =>
        new(uetr, uetr.Value.ToString("N"), Reference, Amount, DebtorAccount, CreditorAccount, ValueDate);
}
