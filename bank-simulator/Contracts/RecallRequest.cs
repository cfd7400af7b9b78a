namespace Settlement.BankSimulator.Contracts;

/// <summary>Body of POST /payments/{uetr}/recall (ISO 20022 camt.056). Idempotent on <paramref name="RecallId"/>.</summary>
/// <param name="RecallId">The sender's id of this recall, at most 35 characters.</param>
/// <param name="ReasonCode">Why, such as DUPL, TECH or CUST.</param>
public sealed record RecallRequest(string RecallId, string ReasonCode);
