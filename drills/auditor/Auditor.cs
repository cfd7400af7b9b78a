using Settlement.Auditor.Bank;
using Settlement.Auditor.Checks;
using Settlement.Auditor.Ledger;
using Settlement.Auditor.Requests;

namespace Settlement.Auditor;

/// <summary>Holds three independent records against each other: the bank's, the ledger's and the callers'.</summary>
internal static class Auditor
{
    /// <param name="bank">From the bank's journal.</param>
    /// <param name="ledger">From the ledger's rows.</param>
    /// <param name="requests">From the callers' log; null: not compared.</param>
    public static AuditReport Examine(BankRecords bank, LedgerRecords ledger, IReadOnlyList<AcceptedRequest>? requests)
    {
        var findings = new List<Finding>();
        findings.AddRange(LedgerChecks.Run(ledger));
        findings.AddRange(BankChecks.Run(bank, ledger));
        findings.AddRange(SettlementChecks.Run(bank, ledger));
        if (requests is not null)
            findings.AddRange(RequestChecks.Run(requests, ledger));
        return AuditReport.Of(bank, ledger, findings);
    }
}
