namespace Settlement.Architecture.Tests;

/// <summary>This checkout, found from the test assembly upwards.</summary>
internal static class Repository
{
    /// <summary>The guest: it could move to a repository of its own.</summary>
    public const string Guest = "temporal-dev";

    /// <summary>Compositions, which tie everything together by design and are bound by no arrow; and the guest, which is bound to its folder instead.</summary>
    private static readonly string[] Unruled = ["tests", "benchmarks", "apphost", "drills", Guest];

    /// <summary>Below an unruled folder, and ruled all the same.</summary>
    private static readonly string[] RuledAnyway = ["drills/auditor"];

    public static string Root { get; } = Find();

    /// <summary>Every project of the product, without tests, benchmarks and the launcher.</summary>
    public static IReadOnlyList<ProjectFile> ProductProjects { get; } =
        [.. SourceFiles("*.csproj").Where(f => !Unruled.Contains(FirstFolder(f)) || RuledAnyway.Contains(Folder(f))).Select(ProjectFile.Read)];

    /// <summary>Files of the tree, without what builds and package managers write.</summary>
    public static IEnumerable<string> SourceFiles(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(Root, f).Split('/', '\\').Any(part => part is "bin" or "obj" or "node_modules" or ".run" or ".git"))
            .Order(StringComparer.Ordinal);

    public static string FirstFolder(string file) => Path.GetRelativePath(Root, file).Split('/', '\\')[0];

    private static string Folder(string file) => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/');

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Settlement.Workflows.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Settlement.Workflows.sln above {AppContext.BaseDirectory}.");
    }
}
