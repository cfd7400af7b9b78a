namespace Settlement.BankSimulator.Contracts;

/// <summary>The bank's answer to a recall (ISO 20022 camt.029).</summary>
/// <param name="Uetr">The payment.</param>
/// <param name="RecallId">The recall that is answered.</param>
/// <param name="Verdict">CNCL cancelled (money not moved, or given back), RJCR refused, PDCR still being decided.</param>
/// <param name="ReasonCode">Reason of a refusal, such as ARDT (already settled, too late) or CUST (customer refuses).</param>
/// <param name="AsOf">Business instant of the answer, UTC.</param>
public sealed record RecallReport(string Uetr, string RecallId, string Verdict, string? ReasonCode, DateTimeOffset AsOf);
