namespace Settlement.BankSimulator.Contracts;

/// <summary>What the bank says of a payment (ISO 20022 pacs.002): the answer to an instruction and to an enquiry.</summary>
/// <param name="Uetr">The payment.</param>
/// <param name="Status">ISO 20022 transaction status: ACSP accepted, ACSC settled, RJCT rejected, CANC cancelled by a recall.</param>
/// <param name="ReasonCode">ISO 20022 external status reason of a rejection, such as AC04 or AM04.</param>
/// <param name="BookedAmount">Decimal string, present once the payment was executed.</param>
/// <param name="Currency">Currency of <paramref name="BookedAmount"/>.</param>
/// <param name="Bank">The bank that speaks.</param>
/// <param name="AsOf">Business instant of the last change, UTC.</param>
public sealed record PaymentReport(
    string Uetr,
    string Status,
    string? ReasonCode,
    string? BookedAmount,
    string Currency,
    string Bank,
    DateTimeOffset AsOf);
