using Settlement.Domain;

namespace Settlement.Activities.Banks;

/// <summary>
/// One credit transfer for a bank to execute (ISO 20022 pacs.008, the fields that decide). A technical repeat carries exactly the same
/// values: the bank tells repeats by the UETR and refuses the same UETR with other values.
/// </summary>
/// <param name="Uetr">Identity of the instruction over all repeats.</param>
/// <param name="MessageId">Our message id, at most 35 characters.</param>
/// <param name="EndToEndId">Our reference, at most 35 characters.</param>
/// <param name="Amount">What is paid.</param>
/// <param name="DebtorAccount">Our account at the bank, at most 34 characters.</param>
/// <param name="CreditorAccount">The account that receives, at most 34 characters.</param>
/// <param name="ValueDate">Requested value date.</param>
public sealed record BankInstruction(
    Uetr Uetr,
    string MessageId,
    string EndToEndId,
    Money Amount,
    string DebtorAccount,
    string CreditorAccount,
    DateOnly? ValueDate = null);
