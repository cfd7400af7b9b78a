namespace Settlement.Auditor.Bank;

/// <summary>The bank's side, rebuilt from its journal.</summary>
/// <param name="Payments">By UETR.</param>
internal sealed record BankRecords(IReadOnlyDictionary<Guid, BankPayment> Payments);
