using System.Text.RegularExpressions;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Tests;

/// <summary>Every <c>temporal</c> command that the runbook tells an operator to type is one that the command line area tries on each server.</summary>
public sealed partial class RunbookCommandTests
{
    [Fact]
    public void EveryCommandOfTheRunbook_IsTriedOnEachServer()
    {
        var tried = File.ReadAllText(Path.Combine(RepositoryRoot.Folder, "temporal-dev", "tests", "Conformance", "CommandLine", "CommandLineBehaviours.cs"));
        var commands = Command().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Folder, "docs", "runbook.md")))
            .Select(m => m.Groups["words"].Value.Trim()).Distinct().ToArray();
        commands.Length.ShouldBeGreaterThan(3);

        var untried = commands.Where(c => !tried.Contains(string.Join(", ", c.Split(' ').Select(word => $"\"{word}\"")), StringComparison.Ordinal));

        untried.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\btemporal (?<words>(workflow|schedule|batch|operator|task-queue|activity)( (?!--)[a-z][a-z-]+){1,2})(?= |`|$)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
