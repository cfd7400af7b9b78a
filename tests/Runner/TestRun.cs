using System.Diagnostics;
using Settlement.AppHost.Processes;

namespace Settlement.Tests.Runner;

/// <summary>
/// Builds, runs every test assembly or one part of them, and adds up what they reported. What fails, fails. <c>--failed</c> runs alone, once, what failed
/// in the run before: the gate's means to tell a defect from a starved test (docs/adr/0009), and a developer's to look at it.
/// </summary>
internal sealed class TestRun(string root, IReadOnlyDictionary<string, string> environment)
{
    private const string Usage = "usage: ./test [PART] | ./test --failed";

    /// <summary>A part that takes longer is stuck: it is killed with its children and counted as a failure.</summary>
    private static readonly TimeSpan PartLimit = TimeSpan.FromMinutes(10);

    /// <summary>Where the judges are at hand (<c>../shared</c>), the gate lets no test do without them.</summary>
    private readonly bool judgesAreHere = Environment.GetEnvironmentVariable("CI") == "true" && Directory.Exists(Path.Combine(root, "..", "shared", "temporal"));

    public static async Task<int> RunAsync(string[] args)
    {
        var root = RepositoryRoot.Folder;
        var projects = TestProject.Discover(root);
        RunRecord? again = null;
        switch (args)
        {
            case []:
                break;
            case ["--failed"]:
                again = RunRecord.Read(root);
                if (again is null || again.FailedCount == 0)
                    return Refuse("No ./test of this checkout has left a failed test.");
                if (again.FailedCount > RunRecord.MostToRunAgain)
                    return Refuse($"{again.FailedCount} tests failed, and at most {RunRecord.MostToRunAgain} are run again: so many are no accident.\n{again.Passed} passed, {again.FailedCount} failed, {again.Skipped} skipped");
                break;
            case [var part] when projects.Any(p => p.IsCalled(part)):
                projects = [.. projects.Where(p => p.IsCalled(part))];
                break;
            case [var part] when !part.StartsWith('-'):
                return Refuse($"No tests called '{part}'. Parts: {string.Join(", ", projects.Select(p => p.Part))}");
            default:
                return Refuse(Usage);
        }

        if (again is null)
        {
            RunRecord.Forget(root);
            if (!await BuildAsync(root, args.Length == 0 ? [Path.Combine(root, "Settlement.Workflows.sln")] : [.. projects.Select(p => p.ProjectFile)]))
            {
                Console.WriteLine("0 passed, 1 failed, 0 skipped");
                return 1;
            }
        }

        await using var services = await SharedServices.StartAsync();
        var run = new TestRun(root, services.Environment);
        return again is null ? await run.AllAsync(projects) : await run.AgainAsync(projects, again);
    }

    private static int Refuse(string why)
    {
        Console.WriteLine(why);
        return 2;
    }

    private async Task<int> AllAsync(IReadOnlyList<TestProject> projects)
    {
        int passed = 0, failed = 0, skipped = 0;
        var record = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var project in projects)
        {
            var watch = Stopwatch.StartNew();
            var result = await RunPartAsync(project, []);
            passed += result.Passed;
            failed += result.Failures.Count;
            skipped += result.Skips.Count;
            Console.WriteLine($"{project.Part,-24} {result.Passed,5} passed {result.Failures.Count,3} failed {result.Skips.Count,3} skipped  {watch.Elapsed.TotalSeconds,6:0.0} s");
            foreach (var skip in result.Skips)
                Console.WriteLine($"  skipped {skip.Test}: {skip.Reason}");
            Print("FAILED", result.Failures);
            if (result.Failures.Count > 0)
                record[project.Part] = result.IsBroken ? [] : [.. result.Failures.Select(f => f.Test)];
        }

        new RunRecord { Passed = passed, Skipped = skipped, Failed = record }.Write(root);
        return End(passed, failed, skipped);
    }

    /// <summary>Counts every test once: those of the run before that passed or were skipped, and what became of the others now.</summary>
    private async Task<int> AgainAsync(IReadOnlyList<TestProject> projects, RunRecord before)
    {
        int passed = before.Passed, failed = 0, skipped = before.Skipped;
        Console.WriteLine($"Running {before.FailedCount} once more, alone");
        foreach (var (part, tests) in before.Failed)
        {
            var result = await RunPartAsync(projects.Single(p => p.Part == part), [.. tests.Select(Method).Distinct(StringComparer.Ordinal)]);
            var still = result.Failures.Select(f => f.Test).ToHashSet(StringComparer.Ordinal);
            var recovered = result.IsBroken ? [] : tests.Where(test => !still.Contains(test)).ToList();
            foreach (var test in recovered)
                Console.WriteLine($"  UNSTABLE {test}: failed in the run, passed alone. It is to be mended in the work that brought it here.");
            if (tests.Count == 0 && result.Failures.Count == 0)
                Console.WriteLine($"  UNSTABLE {part}: its process broke, and did not when it was run again. It is to be mended in the work that brought it here.");
            // A part that broke was not counted test by test before.
            passed += tests.Count == 0 ? result.Passed : recovered.Count;
            skipped += tests.Count == 0 ? result.Skips.Count : 0;
            failed += tests.Count == 0 ? result.Failures.Count : tests.Count - recovered.Count;
            Print("FAILED", result.Failures);
        }

        return End(passed, failed, skipped);
    }

    private static int End(int passed, int failed, int skipped)
    {
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private static void Print(string verdict, IReadOnlyList<TestNote> notes)
    {
        foreach (var note in notes)
            Console.WriteLine($"  {verdict} {note.Test}\n    {note.Reason.Replace("\n", "\n    ", StringComparison.Ordinal)}");
    }

    private static async Task<bool> BuildAsync(string root, IReadOnlyList<string> targets)
    {
        Console.WriteLine($"Building {string.Join(", ", targets.Select(target => Path.GetRelativePath(root, target)))}");
        foreach (var target in targets)
        {
            var (exit, output) = await Command.RunAsync("dotnet", ["build", target, "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false"], TimeSpan.FromMinutes(15));
            if (exit == 0)
                continue;
            Console.WriteLine(string.Join('\n', output.Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal)).Distinct().Take(30)));
            return false;
        }

        return true;
    }

    /// <param name="project">Which part.</param>
    /// <param name="methods">Full names of the only methods to run; none: all.</param>
    private async Task<PartResult> RunPartAsync(TestProject project, IReadOnlyList<string> methods)
    {
        var folder = Directory.CreateTempSubdirectory("settlement-trx-").FullName;
        try
        {
            var trx = Path.Combine(folder, "result.trx");
            var (exit, output) = await Command.RunAsync(
                "dotnet", [project.AssemblyFile, "-noLogo", "-noColor", "-trx", trx, .. methods.SelectMany(method => (string[])["-method", method])], PartLimit, environment);
            if (!File.Exists(trx))
                return PartResult.Broken(project.Part, $"no result file (exit code {exit})\n{Tail(output)}");
            var result = PartResult.Read(trx).Judged(judgesAreHere);
            return exit != 0 && result.Failures.Count == 0
                ? result with { IsBroken = true, Failures = [new TestNote(project.Part, $"the test process failed outside of a test (exit code {exit})\n{Tail(output)}")] }
                : result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A case of a theory is named by its method and arguments; a filter knows methods.</summary>
    private static string Method(string test) => test.Split('(')[0];

    private static string Tail(string output) => string.Join('\n', output.Split('\n').TakeLast(25));
}
