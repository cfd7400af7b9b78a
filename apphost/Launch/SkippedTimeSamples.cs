using Settlement.AppHost.Books;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Temporal;
using Settlement.Database.Proof;

namespace Settlement.AppHost.Launch;

/// <summary>
/// Runs samples whose course takes days in an environment of their own: a memory server whose clock is moved, a database, a bank, worker and API that
/// no serving part ever meets, and that are gone afterwards. Only their logs stay.
/// </summary>
internal static class SkippedTimeSamples
{
    private const string FolderName = "skipped-time";

    /// <param name="run">The run's state folder; theirs is below it.</param>
    /// <param name="samples">What to run.</param>
    /// <param name="say">Told each step.</param>
    /// <param name="finished">Told each result.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    public static async Task<(IReadOnlyList<SampleResult> Results, ProofReport Proof)> RunAsync(
        StateFolder run, IReadOnlyList<Sample> samples, Action<string> say, Action<SampleResult> finished, CancellationToken cancellationToken)
    {
        var state = StateFolder.At(Path.Combine(run.Path, FolderName));
        try
        {
            var options = new EnvironmentOptions
            {
                State = state,
                Temporal = TemporalChoice.TimeSkipping,
                DocumentedPorts = false,
                WebUi = false,
                // The scheduled jobs would run at each of their slots that time skips over.
                Settings = new Dictionary<string, string> { ["Jobs__Enabled"] = "false" },
            };
            await using var environment = await SettlementEnvironment.StartAsync(options, say, cancellationToken);
            var results = await EnvironmentSamples.RunInSkippedTimeAsync(environment, samples, finished, cancellationToken);
            return (results, await BooksProof.ProveAsync(environment, cancellationToken));
        }
        finally
        {
            state.Release();
        }
    }
}
