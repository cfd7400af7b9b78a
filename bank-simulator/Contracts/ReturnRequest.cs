namespace Settlement.BankSimulator.Contracts;

/// <summary>
/// Body of POST /returns (ISO 20022 pacs.004): gives an executed payment back, from its creditor to its debtor. Idempotent on
/// <paramref name="Uetr"/>, the return's own reference.
/// </summary>
/// <param name="Uetr">The return's own UETR, lower-case UUID version 4.</param>
/// <param name="OriginalUetr">The payment that is returned.</param>
/// <param name="Amount">Decimal string; all returns of a payment together never exceed it.</param>
/// <param name="Currency">Currency of the original.</param>
/// <param name="ReasonCode">Why, such as FOCR (following a recall) or AC04.</param>
public sealed record ReturnRequest(string Uetr, string OriginalUetr, string Amount, string Currency, string ReasonCode);
