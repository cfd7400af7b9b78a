namespace Settlement.AppHost.Processes;

/// <summary>Where this checkout is, and where its programs were built.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder above this program that holds the solution file.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The built assembly of a program of this repository, in the configuration that this program was built in.</summary>
    /// <param name="folder">Its folder at the root, for example <c>worker</c>.</param>
    /// <param name="assembly">Its assembly name, for example <c>Settlement.Worker</c>.</param>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Program(string folder, string assembly)
    {
        var file = Path.Combine(Folder, folder, "bin", Configuration, "net10.0", assembly + ".dll");
        return File.Exists(file) ? file : throw new FileNotFoundException($"{assembly} is not built; expected {file}.", file);
    }

    private static string Configuration =>
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Settlement.Workflows.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Settlement.Workflows.sln above {AppContext.BaseDirectory}: start this program from its repository.");
    }
}
