namespace Temporalio.Testing;

/// <summary>Finds the server that an environment starts. Nothing is ever downloaded.</summary>
internal static class ServerExecutable
{
    private const string OwnName = "temporal-dev";
    private const string OwnProject = "temporal/Temporalio.DevServer/bin";

    /// <summary>The dev server: the one named, that of TEMPORAL_CLI, <c>temporal-dev</c> beside the application, <c>temporal-dev</c> or
    /// <c>temporal</c> on the PATH, or the one built in the source tree that the application lies in.</summary>
    /// <param name="named">Path from the options, null if they name none.</param>
    /// <returns>Path.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    internal static string DevServer(string? named) => named
        ?? Environment.GetEnvironmentVariable("TEMPORAL_CLI")
        ?? Own("temporal")
        ?? throw new InvalidOperationException(
            "No server to start: name one by DevServerOptions.ExistingPath or the environment variable TEMPORAL_CLI, " +
            $"or put {OwnName} beside the application or on the PATH");

    /// <summary>The time-skipping server: the one named, or <c>temporal-dev</c> as above.</summary>
    /// <param name="named">Path from the options, null if they name none.</param>
    /// <returns>Path.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    internal static string TestServer(string? named) => named ?? Own() ?? throw new InvalidOperationException(
        $"No server to start: name one by TestServer.ExistingPath, or put {OwnName} beside the application or on the PATH");

    private static string? Own(params string[] others)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Prepend(AppContext.BaseDirectory);
        return folders.SelectMany(folder => others.Prepend(OwnName).Select(name => Executable(folder, name))).FirstOrDefault(File.Exists)
            ?? InSourceTree();
    }

    private static string? InSourceTree()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            var output = new DirectoryInfo(Path.Combine(folder.FullName, OwnProject));
            if (output.Exists)
            {
                return output.EnumerateFiles(Path.GetFileName(Executable(string.Empty, OwnName)), SearchOption.AllDirectories)
                    .MaxBy(file => file.LastWriteTimeUtc)?.FullName;
            }
        }
        return null;
    }

    private static string Executable(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
