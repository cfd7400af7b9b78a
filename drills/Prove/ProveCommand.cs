using System.Globalization;
using Settlement.AppHost.Books;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Settlement.Database.Proof;

namespace Settlement.Drills.Prove;

/// <summary>
/// <c>./prove</c>: proves the books of a run. Of a run that is going it uses what runs; of one that has ended it starts what holds the books
/// (database, Temporal, bank) without worker and API, proves, and stops them again.
/// </summary>
internal sealed class ProveCommand(string? stateFolder, TextWriter output)
{
    private const int Breached = 1;

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
