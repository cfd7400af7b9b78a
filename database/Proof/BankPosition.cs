namespace Settlement.Database.Proof;

/// <summary>What a bank's own books say of one payment.</summary>
/// <param name="Uetr">Which payment.</param>
/// <param name="Executions">How often the bank has moved the money; more than 1 is a double payment.</param>
/// <param name="Currency">Of which currency.</param>
/// <param name="AmountMinor">How much each time, minor units.</param>
/// <param name="Returned">Whether the bank has given it back since.</param>
public sealed record BankPosition(Guid Uetr, int Executions, string Currency, long AmountMinor, bool Returned);
