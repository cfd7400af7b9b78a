namespace Settlement.BankSimulator.Contracts;

/// <summary>The ISO 20022 transaction statuses that this bank uses (external code set ExternalPaymentTransactionStatus1Code).</summary>
public static class TransactionStatus
{
    /// <summary>Accepted, settlement in process.</summary>
    public const string Accepted = "ACSP";

    /// <summary>Settlement completed on the debtor's account.</summary>
    public const string Settled = "ACSC";

    /// <summary>Rejected; no money moved.</summary>
    public const string Rejected = "RJCT";

    /// <summary>Cancelled by a recall before execution; no money moved, and none will.</summary>
    public const string Cancelled = "CANC";
}
