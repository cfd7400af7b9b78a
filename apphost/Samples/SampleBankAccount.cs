namespace Settlement.AppHost.Samples;

/// <summary>An account in the bank's books.</summary>
/// <param name="Id">Name within the file; the run adds a suffix.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="OpeningBalance">Decimal string in major units.</param>
/// <param name="Closed">True: the bank rejects payments to it with AC04.</param>
public sealed record SampleBankAccount(string Id, string Currency, string OpeningBalance = "0", bool Closed = false);
