namespace Settlement.BankSimulator.Contracts;

/// <summary>The bank's answer to a return.</summary>
public sealed record ReturnReport(string Uetr, string OriginalUetr, string Status, string Amount, string Currency, DateTimeOffset AsOf);
