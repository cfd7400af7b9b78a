namespace Settlement.Architecture.Tests;

/// <summary>Holds a project file against its rule.</summary>
internal static class ArrowCheck
{
    /// <summary>One sentence per arrow that the rule does not allow; empty when the project keeps to it.</summary>
    public static IReadOnlyList<string> Breaches(ProjectFile project, Arrows.Rule rule)
    {
        var strangers = project.Projects.Except(rule.Projects).Select(p => $"{project.Name} must not know {p}");
        var packages = project.Packages.Where(p => !rule.Packages.Any(allowed => Allows(allowed, p))).Select(p => $"{project.Name} must not use the package {p}");
        return [.. strangers.Concat(packages)];
    }

    private static bool Allows(string allowed, string package) =>
        allowed.EndsWith('*') ? package.StartsWith(allowed[..^1], StringComparison.Ordinal) : allowed == package;
}
