namespace Temporalio.Conformance.Tests.Servers;

/// <summary>The built dev server, in the configuration that these tests were built in. Where it does not start, the tests fail.</summary>
internal static class DevServerProgram
{
    private const string Folder = "temporal/Temporalio.DevServer";
    private const string Name = "temporal-dev";

    /// <summary>
    /// What to start, before <c>server start-dev</c>. TEMPORAL_DEV_SERVER may name another executable, so that the suite can be tried on any
    /// server that takes these arguments.
    /// </summary>
    public static IReadOnlyList<string> Command { get; } =
        Environment.GetEnvironmentVariable("TEMPORAL_DEV_SERVER") is { Length: > 0 } named ? [named] : [Built()];

    private static string Built()
    {
        // …/bin/Release/net10.0/ of this assembly says which build of the server belongs to it.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var file = Path.Combine(Repository.Root, Folder, "bin", output.Parent!.Name, output.Name, Name);
        return File.Exists(file) ? file : throw new FileNotFoundException($"The dev server is not built: {file}", file);
    }
}
