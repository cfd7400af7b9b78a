using System.Text.RegularExpressions;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests;

/// <summary>Keeps temporal/COMPATIBILITY.md true: a proof that it names exists in the project that it names.</summary>
public sealed partial class CompatibilityPageTests
{
    [Fact]
    public void EverySupportedLine_NamesAProofThatExists()
    {
        var root = Repository.Root;
        var lines = File.ReadAllLines(Path.Combine(root, "temporal", "COMPATIBILITY.md"));
        var proofs = lines.Select(line => Line().Match(line)).Where(m => m.Success).ToArray();
        proofs.Length.ShouldBeGreaterThan(30);

        var missing = proofs
            .Select(m => (Project: m.Groups["project"].Value, Test: m.Groups["test"].Value))
            .Where(proof => !Exists(Path.Combine(root, "tests", proof.Project), proof.Test))
            .Select(proof => $"{proof.Project}: {proof.Test}");

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void EverySupportedLine_HasAProof()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "temporal", "COMPATIBILITY.md"));
        var supported = lines.SkipWhile(l => l != "## Supported").TakeWhile(l => l != "## Not supported")
            .Where(l => l.StartsWith('|')).Skip(2);

        supported.Where(line => !Line().IsMatch(line)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\|[^|]*\|[^|]+\| (?<project>\w+) \| `(?<test>\w+)` \|$")]
    private static partial Regex Line();

    private static bool Exists(string folder, string name) => Directory
        .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Any(file => Regex.IsMatch(File.ReadAllText(file), $@"(class|Task|void) {name}\b"));
}
