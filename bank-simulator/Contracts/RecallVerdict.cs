namespace Settlement.BankSimulator.Contracts;

/// <summary>ISO 20022 camt.029 investigation statuses that this bank uses.</summary>
public static class RecallVerdict
{
    public const string Cancelled = "CNCL";
    public const string Refused = "RJCR";
    public const string Pending = "PDCR";
}
