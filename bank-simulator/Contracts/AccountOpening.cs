namespace Settlement.BankSimulator.Contracts;

/// <summary>Body of POST /accounts: opens an account, or changes floor and closure of one; the opening balance is booked once.</summary>
/// <param name="Account">Account number, at most 34 characters.</param>
/// <param name="Currency">ISO 4217 code; one account number may hold several currencies.</param>
/// <param name="OpeningBalance">Decimal string, may be negative; null is zero.</param>
/// <param name="Floor">Decimal string below which the account never falls; null: no floor.</param>
/// <param name="Closed">True: every payment from or to it is rejected with AC04.</param>
public sealed record AccountOpening(string Account, string Currency, string? OpeningBalance = null, string? Floor = null, bool Closed = false);
