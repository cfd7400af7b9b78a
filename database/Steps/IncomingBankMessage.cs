using Settlement.Domain;

namespace Settlement.Database;

/// <summary>A message as a bank sent it.</summary>
/// <param name="BankId">From which bank.</param>
/// <param name="MessageId">Its id there, 1 to 64 characters.</param>
/// <param name="Uetr">Which payment it speaks of.</param>
/// <param name="Type">For example <c>pacs.002</c>, <c>camt.054</c>, <c>camt.029</c>, <c>pacs.004</c>.</param>
/// <param name="Status">For example <c>ACSC</c>, <c>RJCT</c>.</param>
/// <param name="Amount">If the message names one.</param>
/// <param name="PayloadJson">The message itself, as JSON.</param>
/// <param name="ReceivedAsOf">Business time of its arrival.</param>
public sealed record IncomingBankMessage(
    string BankId, string MessageId, Uetr Uetr, string Type, string Status, Money? Amount, string PayloadJson, DateTimeOffset ReceivedAsOf);
