using System.CommandLine;
using System.Diagnostics;
using Settlement.AppHost.Books;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Samples;
using Settlement.AppHost.Temporal;

namespace Settlement.AppHost;

/// <summary><c>./run</c>: sets up, settles the samples, proves the books, and serves until Ctrl-C, or ends with an exit code (<c>--once</c>).</summary>
internal sealed class RunCommand(bool once, string? temporal, string? samplesFolder, string? stateFolder)
{
    private const int Failed = 1;

    public static RootCommand Create()
    {
        var once = new Option<bool>("--once") { Description = "End after the samples; exit code 0 only if every sample ended as its file says and the books prove out." };
        var temporal = new Option<string?>("--temporal") { HelpName = "embedded|cli|HOST:PORT", Description = "Which Temporal server. Default: TEMPORAL_ADDRESS, TEMPORAL_CLI, else embedded." };
        var samples = new Option<string?>("--samples") { HelpName = "DIR", Description = "Folder of samples to settle. Default: samples/." };
        var state = new Option<string?>("--state") { HelpName = "DIR", Description = "Folder of an earlier run to go on with. Default: a new one below .run/." };
        return new RootCommand("Sets everything up on this machine, settles the samples, proves the books, and keeps serving.") { once, temporal, samples, state }.Runs(
            "./run",
            (parsed, cancellationToken) => new RunCommand(parsed.GetValue(once), parsed.GetValue(temporal), parsed.GetValue(samples), parsed.GetValue(state)).ExecuteAsync(cancellationToken));
    }

    /// <returns>0 only if every sample ended as its file says and the books prove out.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var console = new RunConsole();
        var samples = LoadSamples();
        var choice = TemporalChoice.Resolve(temporal);
        var state = stateFolder is null ? StateFolder.CreateForRun() : StateFolder.At(stateFolder);
        try
        {
            return await RunAsync(console, samples, choice, state, cancellationToken);
        }
        finally
        {
            state.Release();
        }
    }

    private async Task<int> RunAsync(RunConsole console, IReadOnlyList<Sample> samples, TemporalChoice choice, StateFolder state, CancellationToken cancellationToken)
    {
        console.Heading($"Setting up (state and logs: {Path.GetRelativePath(RepositoryRoot.Folder, state.Path)})");
        var watch = Stopwatch.StartNew();
        var options = new EnvironmentOptions { State = state, Temporal = choice, DatabaseUrl = Variable("DATABASE_URL") };
        await using var environment = await SettlementEnvironment.StartAsync(options, console.Step, cancellationToken);
        console.Step($"Ready in {watch.Elapsed.TotalSeconds:0.0} s");

        var real = samples.Where(sample => sample.Time == SampleTime.Real).ToList();
        console.Heading($"Settling {real.Count} samples");
        var results = await EnvironmentSamples.RunAsync(environment, real, console.Sample, cancellationToken);
        console.Summary(results);

        console.Heading("Proving the books");
        var report = await BooksProof.ProveAsync(environment, cancellationToken);
        console.Proof(report);

        var good = await SkipTimeAsync(console, [.. samples.Except(real)], choice, state, cancellationToken)
            && results.All(r => r.Passed) && report.Holds;
        console.Addresses(environment);
        if (once)
            return good ? 0 : Failed;
        console.Line("Serving. Ctrl-C stops everything that was started here.");
        await ServeAsync(environment, cancellationToken);
        console.Line("Stopping.");
        return good ? 0 : Failed;
    }

    /// <returns>Whether the samples that take days ended as their files say, and their books prove out.</returns>
    private static async Task<bool> SkipTimeAsync(
        RunConsole console, IReadOnlyList<Sample> samples, TemporalChoice choice, StateFolder state, CancellationToken cancellationToken)
    {
        if (samples.Count == 0)
            return true;
        if (choice.Kind != TemporalServerKind.Embedded)
        {
            console.Heading($"Not run: {samples.Count} samples that need skipped time, which only the embedded server offers ({string.Join(", ", samples.Select(s => s.Name))})");
            return true;
        }

        console.Heading($"Settling {samples.Count} samples in skipped time, on a server, database and bank of their own");
        var (results, report) = await SkippedTimeSamples.RunAsync(state, samples, _ => { }, console.Sample, cancellationToken);
        console.Summary(results);
        console.Proof(report);
        return results.All(r => r.Passed) && report.Holds;
    }

    private IReadOnlyList<Sample> LoadSamples()
    {
        try
        {
            return new SampleLoader().LoadDirectory(samplesFolder ?? Path.Combine(RepositoryRoot.Folder, "samples"));
        }
        catch (SampleFormatException refused)
        {
            throw new UserErrorException(refused.Message);
        }
    }

    /// <summary>Waits for Ctrl-C; a program that ends by itself meanwhile is an error worth saying.</summary>
    private static async Task ServeAsync(SettlementEnvironment environment, CancellationToken cancellationToken)
    {
        ManagedProcess[] programs = [environment.Bank, environment.Worker, environment.Api];
        while (!cancellationToken.IsCancellationRequested)
        {
            if (programs.FirstOrDefault(p => p.HasExited) is { } gone)
                throw new UserErrorException($"{gone.Name} has ended; last lines of {gone.LogFile}:\n{gone.LogTail()}");
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
