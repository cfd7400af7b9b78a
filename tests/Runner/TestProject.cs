using System.Xml.Linq;

namespace Settlement.Tests.Runner;

/// <summary>A folder that holds a test assembly: a part, as <c>./test PART</c> names it.</summary>
/// <param name="Part">Its folder below <c>tests/</c>; those of the guest begin with <c>temporal-dev/</c>.</param>
/// <param name="ProjectFile">Its project.</param>
/// <param name="AssemblyFile">What a Release build makes of it.</param>
internal sealed record TestProject(string Part, string ProjectFile, string AssemblyFile)
{
    /// <summary>Where tests are, and what their parts are called after.</summary>
    private static readonly (string Folder, string Prefix)[] Places = [("tests", ""), ("temporal-dev/tests", "temporal-dev/")];

    /// <summary>Every test project of the repository, by part.</summary>
    public static IReadOnlyList<TestProject> Discover(string root)
    {
        var found = new List<TestProject>();
        foreach (var (place, prefix) in Places)
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, place), "*.csproj", SearchOption.AllDirectories))
            {
                var document = XDocument.Load(file);
                if (!document.Descendants("IsTestProject").Any(e => e.Value == "true"))
                    continue;
                var folder = Path.GetDirectoryName(file)!;
                var name = document.Descendants("AssemblyName").Select(e => e.Value).FirstOrDefault() ?? Path.GetFileNameWithoutExtension(file);
                var part = prefix + Path.GetRelativePath(Path.Combine(root, place), folder).Replace('\\', '/');
                found.Add(new TestProject(part, file, Path.Combine(folder, "bin", "Release", "net10.0", name + ".dll")));
            }
        }

        return [.. found.OrderBy(p => p.Part, StringComparer.Ordinal)];
    }

    /// <summary>Whether a user who types this means this part: its whole name, or the last of it, in any case.</summary>
    public bool IsCalled(string name) =>
        string.Equals(Part, name, StringComparison.OrdinalIgnoreCase) || string.Equals(Part.Split('/')[^1], name, StringComparison.OrdinalIgnoreCase);
}
