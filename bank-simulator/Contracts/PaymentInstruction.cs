namespace Settlement.BankSimulator.Contracts;

/// <summary>
/// Body of POST /payments, the fields of ISO 20022 pacs.008 that the bank books. Idempotent on <paramref name="Uetr"/>: the same
/// body again gets the same answer, another body 409.
/// </summary>
/// <param name="Uetr">Lower-case UUID version 4.</param>
/// <param name="MessageId">Id of the sending message, at most 35 characters.</param>
/// <param name="EndToEndId">The sender's reference, at most 35 characters.</param>
/// <param name="Amount">Decimal string in major units, positive, at most as many decimals as the currency has.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="DebtorAccount">Account that pays, at most 34 characters.</param>
/// <param name="CreditorAccount">Account that receives, at most 34 characters.</param>
/// <param name="ValueDate">Requested value date, if the sender gives one.</param>
public sealed record PaymentInstruction(
    string Uetr,
    string MessageId,
    string EndToEndId,
    string Amount,
    string Currency,
    string DebtorAccount,
    string CreditorAccount,
    DateOnly? ValueDate = null);
