using System.Text.RegularExpressions;

namespace Settlement.Architecture.Tests;

/// <summary>Rules of STYLE that a compiler does not check.</summary>
public sealed partial class StyleRulesTests
{
    [Fact]
    public void SourceFiles_NameNoRegistryHost()
    {
        var hosts = RegistryHost();
        TextFiles().Where(f => hosts.IsMatch(File.ReadAllText(f))).Select(Relative).ShouldBeEmpty();
    }

    /// <summary>The engine comes from its own packages. Of what stood in its place only the record of decisions tells.</summary>
    [Fact]
    public void SourceFiles_KeepNoTraceOfTheFormerEngine()
    {
        var traces = FormerEngine();
        TextFiles().Where(f => Path.GetFileName(f) != "CHANGELOG.md" && !Relative(f).StartsWith("docs/adr/", StringComparison.Ordinal) && !Relative(f).Contains("/Histories/", StringComparison.Ordinal))
            .Where(f => traces.IsMatch(File.ReadAllText(f))).Select(Relative).ShouldBeEmpty();
    }

    [Fact]
    public void SourceFiles_LeaveNothingUnbuilt()
    {
        var unbuilt = Unbuilt();
        Repository.SourceFiles("*.cs").Where(f => Repository.FirstFolder(f) != "tests" && unbuilt.IsMatch(File.ReadAllText(f))).Select(Relative).ShouldBeEmpty();
    }

    [Fact]
    public void WorkflowClasses_LiveInWorkflowFiles()
    {
        var workflows = Repository.SourceFiles("*.cs").Where(f => Repository.FirstFolder(f) == "workflows" && WorkflowClass().IsMatch(File.ReadAllText(f))).ToList();
        workflows.ShouldNotBeEmpty();
        workflows.Where(f => !f.EndsWith(".workflow.cs", StringComparison.Ordinal)).Select(Relative).ShouldBeEmpty();
    }

    private static IEnumerable<string> TextFiles() =>
        new[] { "*.cs", "*.json", "*.csproj", "*.props", "*.targets", "*.md", "*.yaml", "*.sh", ".npmrc" }.SelectMany(Repository.SourceFiles);

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    // Assembled from parts, so that this file does not match itself.
    [GeneratedRegex("https?://[a-z.-]*(npm" + "js|nu" + "get|deb" + "ian|py" + "pi)\\.", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex("Grpc" + "Wire|Temporal" + "Sdk|Uses" + "Temporal|In" + "Tree|in-" + "tree|official-" + "tests")]
    private static partial Regex FormerEngine();

    [GeneratedRegex(@"NotImplementedException|\b(TODO|FIXME|HACK)\b|Thread\.Sleep|catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex Unbuilt();

    // An interface with the attribute is a contract that clients call through; only classes decide.
    [GeneratedRegex(@"^\s*\[Workflow\b[^\]]*\]\s*(\[[^\]]*\]\s*)*(public|internal)\s+(sealed\s+|partial\s+)*class\b", RegexOptions.Multiline)]
    private static partial Regex WorkflowClass();
}
