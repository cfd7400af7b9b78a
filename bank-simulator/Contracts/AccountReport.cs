namespace Settlement.BankSimulator.Contracts;

/// <summary>One account in the bank's books.</summary>
public sealed record AccountReport(string Account, string Currency, string OpeningBalance, string Balance, string? Floor, bool Closed);
