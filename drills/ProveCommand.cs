using System.CommandLine;
using System.Globalization;
using Settlement.AppHost.Books;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Settlement.Database.Proof;

namespace Settlement.Drills;

/// <summary>
/// <c>./prove</c>: proves the books of a run. Of a run that is going it uses what runs; of one that has ended it starts what holds the books
/// (database, Temporal, bank) without worker and API, proves, and stops them again.
/// </summary>
internal sealed class ProveCommand(string? stateFolder, TextWriter output)
{
    private const int Breached = 1;

    public static RootCommand Create()
    {
        var state = new Option<string?>("--state") { HelpName = "DIR", Description = "Folder of the run to prove. Default: the newest one below .run/." };
        return new RootCommand("Recomputes the books from their entries and checks every invariant; exit code 1 with the evidence on any breach.") { state }.Runs(
            "./prove",
            (parsed, cancellationToken) => new ProveCommand(parsed.GetValue(state), Console.Out).ExecuteAsync(cancellationToken));
    }

    /// <returns>0 if every invariant holds, 1 with the evidence of each breach.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(stateFolder ?? StateFolder.LastRun() ?? throw new UserErrorException("There is no run to prove: ./run makes one, or name its folder with --state DIR."));
        if (!Directory.Exists(folder))
            throw new UserErrorException($"There is no folder {folder}.");
        var addresses = RunAddresses.Read(folder) ?? throw new UserErrorException($"{folder} is not the folder of a run, or of one that never came up.");
        var report = StateFolder.OwnerOf(folder) is { } owner
            ? await ProveRunningAsync(folder, addresses, owner, cancellationToken)
            : await ProveAtRestAsync(folder, addresses, cancellationToken);
        new ProofText(output).Write(report);
        return report.Holds ? 0 : Breached;
    }

    private async Task<ProofReport> ProveRunningAsync(string folder, RunAddresses addresses, int owner, CancellationToken cancellationToken)
    {
        Say($"Proving the books of {Shown(folder)}, which process {owner} runs");
        return await BooksProof.ProveAsync(addresses.DatabaseUrl, addresses.TemporalAddress, addresses.BankAddress, atRest: false, cancellationToken);
    }

    private async Task<ProofReport> ProveAtRestAsync(string folder, RunAddresses addresses, CancellationToken cancellationToken)
    {
        Say($"Proving the books of {Shown(folder)}, which has ended: starting database, Temporal and bank without worker and API");
        var state = StateFolder.At(folder);
        try
        {
            var options = new EnvironmentOptions
            {
                State = state,
                Temporal = TemporalChoice.Resolve(addresses.TemporalOption),
                DatabaseUrl = addresses.OwnDatabase ? null : addresses.DatabaseUrl,
                DocumentedPorts = false,
                WebUi = false,
                Programs = false,
            };
            await using var environment = await SettlementEnvironment.StartAsync(options, line => Say("  " + line), cancellationToken);
            return await BooksProof.ProveAsync(environment.DatabaseUrl, environment.TemporalAddress, environment.BankAddress, atRest: true, cancellationToken);
        }
        finally
        {
            state.Release();
        }
    }

    private void Say(string line) => output.WriteLine(line);

    private static string Shown(string folder) => Path.GetRelativePath(RepositoryRoot.Folder, folder).ToString(CultureInfo.InvariantCulture);
}

/// <summary>A proof in words: every invariant of the money with its verdict, and the evidence of every breach.</summary>
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
