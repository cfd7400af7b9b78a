using System.Diagnostics;
using Settlement.AppHost.Processes;

namespace Settlement.Tests.Runner;

/// <summary>Builds the solution, runs every test assembly (or one part), and adds up what they reported.</summary>
internal static class TestRun
{
    /// <summary>A part that takes longer is stuck: it is killed with its children and counted as a failure.</summary>
    private static readonly TimeSpan PartLimit = TimeSpan.FromMinutes(10);

    /// <summary>What <c>dotnet test</c> says when the process of the tests hung or crashed.</summary>
    private const string Aborted = "test run was aborted";

    public static async Task<int> RunAsync(string[] args)
    {
        var root = RepositoryRoot.Folder;
        var projects = TestProject.Discover(root);
        if (args.Length > 0)
        {
            projects = [.. projects.Where(p => string.Equals(p.Part, args[0], StringComparison.OrdinalIgnoreCase))];
            if (projects.Count == 0)
            {
                Console.Error.WriteLine($"No tests called '{args[0]}'. Parts: {string.Join(", ", TestProject.Discover(root).Select(p => p.Part))}");
                return 2;
            }
        }

        if (!await BuildAsync(root, projects, whole: args.Length == 0))
        {
            Console.WriteLine("0 passed, 1 failed, 0 skipped");
            return 1;
        }

        await using var services = await SharedServices.StartAsync();
        int passed = 0, failed = 0, skipped = 0;
        var secondChance = new SecondChance();
        foreach (var project in projects)
        {
            var watch = Stopwatch.StartNew();
            var result = Gate.Judge(await RunPartAsync(project, services.Environment));
            result = await secondChance.GiveAsync(result, async filter => Gate.Judge(await RunPartAsync(project, services.Environment, filter)));
            passed += result.Passed;
            failed += result.Failures.Count;
            skipped += result.Skips.Count;
            Console.WriteLine($"{project.Part,-16} {result.Passed,5} passed {result.Failures.Count,3} failed {result.Skips.Count,3} skipped  {watch.Elapsed.TotalSeconds,6:0.0} s");
            foreach (var skip in result.Skips)
                Console.WriteLine($"  skipped {skip.Test}: {skip.Reason}");
            Print("UNSTABLE (failed, then passed when run again)", result.Unstable);
            Print("FAILED", result.Failures);
        }

        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private static void Print(string verdict, IReadOnlyList<TestNote> notes)
    {
        foreach (var note in notes)
            Console.WriteLine($"  {verdict} {note.Test}\n    {note.Reason.Replace("\n", "\n    ", StringComparison.Ordinal)}");
    }

    private static async Task<bool> BuildAsync(string root, IReadOnlyList<TestProject> projects, bool whole)
    {
        Console.WriteLine(whole ? "Building the solution" : $"Building tests/{projects[0].Part}");
        var target = whole ? Path.Combine(root, "Settlement.Workflows.sln") : projects[0].ProjectFile;
        var (exit, output) = await Command.RunAsync("dotnet", ["build", target, "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false"], TimeSpan.FromMinutes(15));
        if (exit != 0)
            Console.WriteLine(string.Join('\n', output.Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal)).Distinct().Take(30)));
        return exit == 0;
    }

    private static async Task<PartResult> RunPartAsync(TestProject project, IReadOnlyDictionary<string, string> environment, string? filter = null)
    {
        var folder = Directory.CreateTempSubdirectory("settlement-trx-").FullName;
        try
        {
            var trx = Path.Combine(folder, "result.trx");
            var (exit, output) = await Command.RunAsync(
                "dotnet",
                ["test", project.AssemblyFile, "--logger", $"trx;LogFileName={trx}", "--nologo", "--blame-hang-timeout", "5m", "--blame-hang-dump-type", "none", .. filter is null ? Array.Empty<string>() : ["--filter", filter]],
                PartLimit,
                environment);
            if (!File.Exists(trx))
                return PartResult.Broken(project.Part, $"no result file (exit code {exit})\n{Tail(output)}");
            var result = PartResult.Read(trx);
            // What a process that is killed had not run yet is in no result: failures of others must not hide it.
            return exit != 0 && (result.Failures.Count == 0 || output.Contains(Aborted, StringComparison.OrdinalIgnoreCase))
                ? result with { IsBroken = true, Failures = [.. result.Failures, new TestNote(project.Part, $"the test process failed outside of a test (exit code {exit})\n{Tail(output)}")] }
                : result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Tail(string output) => string.Join('\n', output.Split('\n').TakeLast(25));
}
