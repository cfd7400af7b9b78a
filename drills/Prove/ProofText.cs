using Settlement.Database.Proof;

namespace Settlement.Drills.Prove;

/// <summary>A proof in words: every invariant of MONEY.md with its verdict, and the evidence of every breach.</summary>
internal sealed class ProofText(TextWriter output)
{
    private const int Width = 92;

    /// <summary>The invariants by their numbers.</summary>
    public static IReadOnlyList<string> Invariants { get; } =
    [
        "every ledger transfer sums to zero per currency, and balances are the sums of their entries",
        "the active locks of each account are its held balance",
        "posted and pending are never below an account's floor",
        "each settlement has at most one executed instruction at the bank",
        "SETTLED is posted exactly once; FAILED and CANCELLED hold and owe nothing",
        "every state change has one history row, one audit row, one event",
        "the audit chain verifies",
        "open settlements and open workflows are the same",
    ];

    public void Write(ProofReport report)
    {
        output.WriteLine($"  {report.Accounts} accounts, {report.Transfers} ledger transfers, {report.Settlements} settlements; compared with the bank's own books and Temporal's open workflows");
        for (var number = 1; number <= Invariants.Count; number++)
        {
            var breaches = report.Breaches.Where(breach => breach.Invariant == number).ToList();
            output.WriteLine($"  {number}  {Invariants[number - 1].PadRight(Width)}  {Verdict(breaches.Count)}");
            foreach (var breach in breaches)
                output.WriteLine($"       BREACH {breach.What}: {breach.Evidence}");
        }

        output.WriteLine(report.Holds ? "The books prove out." : $"The books do NOT prove out: {report.Breaches.Count} breach{(report.Breaches.Count == 1 ? "" : "es")}.");
    }

    private static string Verdict(int breaches) => breaches == 0 ? "holds" : "BROKEN";
}
