namespace Settlement.Drills.Environments;

/// <summary>A payment in the bank's own books.</summary>
/// <param name="Status">ISO 20022: ACSP, ACSC, RJCT, CANC.</param>
/// <param name="Executions">How often money moved.</param>
internal sealed record BankPaymentView(string Status, int Executions);
