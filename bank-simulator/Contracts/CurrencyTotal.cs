namespace Settlement.BankSimulator.Contracts;

/// <summary>Sums over all accounts of one currency, as decimal strings.</summary>
public sealed record CurrencyTotal(string Openings, string Balances);
