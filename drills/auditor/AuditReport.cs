using Settlement.Auditor.Bank;
using Settlement.Auditor.Checks;
using Settlement.Auditor.Ledger;

namespace Settlement.Auditor;

/// <summary>What was looked at, what was found, and how much of it is of each kind.</summary>
/// <param name="Settlements">Rows in the ledger.</param>
/// <param name="Ends">How many settlements stand in each state.</param>
/// <param name="LedgerEntries">Entries added up.</param>
/// <param name="BankPayments">Payments in the bank's journal.</param>
/// <param name="BankExecutions">How often it moved money.</param>
/// <param name="Lost">Findings of <see cref="FindingKind.Lost"/>.</param>
/// <param name="Doubled">Findings of <see cref="FindingKind.Doubled"/>.</param>
/// <param name="Stranded">Findings of <see cref="FindingKind.Stranded"/>.</param>
/// <param name="Wrong">Findings of <see cref="FindingKind.Wrong"/>.</param>
/// <param name="Findings">Each with its evidence.</param>
internal sealed record AuditReport(
    int Settlements,
    IReadOnlyDictionary<string, int> Ends,
    int LedgerEntries,
    int BankPayments,
    int BankExecutions,
    int Lost,
    int Doubled,
    int Stranded,
    int Wrong,
    IReadOnlyList<Finding> Findings)
{
    public static AuditReport Of(BankRecords bank, LedgerRecords ledger, IReadOnlyList<Finding> findings) => new(
        ledger.Settlements.Count,
        ledger.Settlements.GroupBy(s => s.Status).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
        ledger.Entries.Count,
        bank.Payments.Count,
        bank.Payments.Values.Sum(p => p.Executions),
        findings.Count(f => f.Kind == FindingKind.Lost),
        findings.Count(f => f.Kind == FindingKind.Doubled),
        findings.Count(f => f.Kind == FindingKind.Stranded),
        findings.Count(f => f.Kind == FindingKind.Wrong),
        findings);
}
