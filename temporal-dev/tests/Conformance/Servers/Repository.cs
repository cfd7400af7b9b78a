namespace Temporalio.Conformance.Tests.Servers;

/// <summary>Where this checkout is.</summary>
internal static class Repository
{
    /// <summary>The folder above these tests that holds the solution file.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Settlement.Workflows.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException("The repository is not above the tests");
    }
}
