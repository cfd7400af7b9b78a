using System.Globalization;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;

namespace Settlement.Drills.Bugs;

/// <summary>
/// A copy of this checkout's sources, in which bugs are planted one after the other. It is built whole once; afterwards only what a patch
/// touches is built again.
/// </summary>
internal sealed class PatchedTree
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(10);
    private readonly string folder;
    private readonly string logs;

    private PatchedTree(string folder, string logs)
    {
        this.folder = folder;
        this.logs = logs;
    }

    /// <summary>Copies what git knows of this checkout, or would take, and builds it.</summary>
    /// <param name="folder">Where the copy goes.</param>
    /// <param name="logs">Where what its runs print is kept, by bug.</param>
    /// <param name="say">Told each step.</param>
    /// <param name="cancellationToken">Stops copying or building.</param>
    public static async Task<PatchedTree> CopyAsync(string folder, string logs, Action<string> say, CancellationToken cancellationToken)
    {
        say("copying the sources and building the copy once (some minutes)");
        var (_, files) = await RunAsync("git", ["ls-files", "-co", "--exclude-standard"], RepositoryRoot.Folder, TimeSpan.FromMinutes(1), cancellationToken);
        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(RepositoryRoot.Folder, file))))
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(RepositoryRoot.Folder, file), target);
        }

        var tree = new PatchedTree(folder, logs);
        await tree.BuildAsync(cancellationToken);
        return tree;
    }

    /// <summary>Plants the bug, runs the simulation that shows it, and takes the bug out again.</summary>
    /// <returns>What the run did not find in order.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(PlantedBug bug, int seed, string? temporal, Action<string> say, CancellationToken cancellationToken)
    {
        await ApplyAsync(bug, [], cancellationToken);
        try
        {
            say("building with the bug");
            await BuildAsync(cancellationToken);
            say("running");
            List<string> arguments = [Program, "drill", "simulate", "--only", bug.Name, "--seed", seed.ToString(CultureInfo.InvariantCulture)];
            if (temporal is not null)
                arguments.AddRange(["--temporal", temporal]);
            var (exit, output) = await RunAsync("dotnet", arguments, folder, RunLimit, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(logs, bug.Name, "simulate.log"), output, cancellationToken);
            return exit == 0 ? [] : [.. output.Split('\n').Where(Evidence).Select(line => line.Trim())];
        }
        finally
        {
            await ApplyAsync(bug, ["-R"], CancellationToken.None);
        }
    }

    private string Program => Path.Combine(folder, "drills", "bin", "Release", "net10.0", "Settlement.Drills.dll");

    private static bool Evidence(string line) =>
        line.Contains("\"what\":", StringComparison.Ordinal) || line.Contains("BREACH", StringComparison.Ordinal) || line.Contains("did not hold", StringComparison.Ordinal);

    private async Task ApplyAsync(PlantedBug bug, string[] options, CancellationToken cancellationToken)
    {
        var (exit, output) = await RunAsync("git", ["apply", .. options, bug.PatchFile], folder, TimeSpan.FromMinutes(1), cancellationToken);
        if (exit != 0)
            throw new InvalidOperationException($"The patch {bug.Name} no longer fits the sources: {output}");
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        // A bug need not be good style.
        string[] arguments = ["build", "drills/Settlement.Drills.csproj", "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"];
        var (exit, output) = await RunAsync("dotnet", arguments, folder, BuildLimit, cancellationToken);
        if (exit != 0)
            throw new InvalidOperationException($"The copy does not build: {string.Join('\n', output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct().Take(10))}");
    }

    private static async Task<(int Exit, string Output)> RunAsync(string program, IReadOnlyList<string> arguments, string directory, TimeSpan limit, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string> { ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(directory)! };
        // Below the folder of this run the copy finds no ../shared; what this run would take, the copy is told.
        if (Oracles.TemporalCli is { } executable)
            environment["TEMPORAL_CLI"] = executable;
        var result = await ProcessResult.RunAsync(program, arguments, environment, directory, limit, cancellationToken);
        return result.ExitCode == ProcessResult.Killed ? throw new TimeoutException($"{program} took longer than {limit.TotalMinutes:0} minutes.") : (result.ExitCode, result.Text);
    }
}
