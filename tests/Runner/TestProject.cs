using System.Xml.Linq;

namespace Settlement.Tests.Runner;

/// <summary>One folder of <c>tests/</c> that holds an xunit assembly.</summary>
internal sealed record TestProject(string Part, string ProjectFile, string AssemblyFile)
{
    /// <summary>Every test project below <paramref name="root"/>/tests, by folder name.</summary>
    public static IReadOnlyList<TestProject> Discover(string root)
    {
        var found = new List<TestProject>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.csproj", SearchOption.AllDirectories))
        {
            var document = XDocument.Load(file);
            if (!document.Descendants("IsTestProject").Any(e => e.Value == "true"))
                continue;
            var folder = Path.GetDirectoryName(file)!;
            var name = document.Descendants("AssemblyName").Select(e => e.Value).FirstOrDefault() ?? Path.GetFileNameWithoutExtension(file);
            var part = Path.GetRelativePath(Path.Combine(root, "tests"), folder).Replace('\\', '/');
            found.Add(new TestProject(part, file, Path.Combine(folder, "bin", "Release", "net10.0", name + ".dll")));
        }

        return [.. found.OrderBy(p => p.Part, StringComparer.Ordinal)];
    }
}
