using System.Text.RegularExpressions;

namespace Settlement.Architecture.Tests;

/// <summary>A tree that is read in one sitting: a file is one idea, neither a crumb nor a book, and nothing lies about.</summary>
public sealed partial class TreeTests
{
    private const int Crumb = 25;
    private const int Longest = 400;

    /// <summary>What the root holds, with the reason of each that a newcomer would not expect. Git's own files and hidden ones apart.</summary>
    private static readonly string[] Root =
    [
        "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "Settlement.Workflows.sln", "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        "run", "test", "bench", "drill", "prove", "temporal-dev.yaml",
        "domain", "workflows", "activities", "database", "hosting", "worker", "starter-api", "bank-simulator", "apphost", "samples", "temporal-dev", "tests", "drills", "benchmarks", "docs", "tools",
    ];

    [Fact]
    public void Root_HoldsNothingThatIsNotNamedHere() =>
        GitFiles().Select(file => file.Split('/')[0]).Where(name => !name.StartsWith('.')).Distinct().Except(Root).ShouldBeEmpty();

    [Fact]
    public void FileNames_AreOfTheOrdinaryKind() => GitFiles().Where(file => !Ordinary().IsMatch(file)).ShouldBeEmpty();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SourceFiles_AreSeldomCrumbs(bool guest)
    {
        var sizes = Sizes(guest);
        var crumbs = sizes.Where(file => file.Lines < Crumb).ToList();
        (crumbs.Count * 10).ShouldBeLessThanOrEqualTo(sizes.Count, string.Join('\n', crumbs.Select(file => $"{file.Lines,4} {file.Name}")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SourceFiles_AreReadInOneSitting(bool guest) =>
        Sizes(guest).Where(file => file.Lines > Longest).Select(file => $"{file.Lines} {file.Name}").ShouldBeEmpty();

    /// <summary>Product files: no tests, nothing generated. Those of the guest, or those of everything else.</summary>
    private static List<(string Name, int Lines)> Sizes(bool guest) =>
    [
        .. GitFiles().Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !file.Split('/').Contains("tests"))
            .Where(file => file.StartsWith(Repository.Guest + "/", StringComparison.Ordinal) == guest)
            .Select(file => (file, File.ReadLines(Path.Combine(Repository.Root, file)).Count())),
    ];

    private static IEnumerable<string> GitFiles()
    {
        var start = new System.Diagnostics.ProcessStartInfo("git", ["-C", Repository.Root, "ls-files"]) { RedirectStandardOutput = true };
        using var git = System.Diagnostics.Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        return files.Where(file => File.Exists(Path.Combine(Repository.Root, file)));
    }

    [GeneratedRegex(@"^[A-Za-z0-9._/@+-]+$")]
    private static partial Regex Ordinary();
}
