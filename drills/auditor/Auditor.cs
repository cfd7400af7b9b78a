using System.Text.Json;
using System.Text.Json.Serialization;

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
    internal static JsonSerializerOptions Format { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

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

/// <summary>One thing that does not fit.</summary>
/// <param name="Kind">What became of the money.</param>
/// <param name="What">One phrase.</param>
/// <param name="Evidence">Ids and figures that show it.</param>
internal sealed record Finding(FindingKind Kind, string What, string Evidence);

/// <summary>What became of the money.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingKind>))]
internal enum FindingKind
{
    /// <summary>It should be somewhere and is not.</summary>
    Lost,

    /// <summary>It moved more often than it should.</summary>
    Doubled,

    /// <summary>It is held, or under way, and nothing will move it.</summary>
    Stranded,

    /// <summary>The books contradict themselves.</summary>
    Wrong,
}
