namespace Settlement.BankSimulator.Contracts;

/// <summary>
/// One payment in the bank's books, for proofs. <c>Executions</c> is how often money moved for this UETR, counted from the journal:
/// anything but 0 or 1 is a breach. <c>ReturnedAmount</c> is what has been given back since.
/// </summary>
public sealed record PaymentRecord(
    string Uetr,
    string MessageId,
    string EndToEndId,
    string Status,
    string? ReasonCode,
    int Executions,
    string Amount,
    string Currency,
    string DebtorAccount,
    string CreditorAccount,
    string ReturnedAmount,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DecidedAt);
