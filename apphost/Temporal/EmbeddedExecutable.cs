using System.Runtime.InteropServices;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Temporal;

/// <summary>The embedded server's program: for <c>dotnet</c> to run, and as an executable that official SDKs, and tests through their API, start by its path.</summary>
public static class EmbeddedExecutable
{
    /// <summary>
    /// Environment variable with the postgres:// URL of the program's database. Not an argument: every user of the machine can see those.
    /// Empty: none, whatever the caller's own environment says.
    /// </summary>
    public const string DatabaseVariable = "TEMPORAL_DEV_DATABASE";

    private const string RootVariable = "DOTNET_ROOT";

    /// <summary>Absolute path of its assembly.</summary>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Assembly => RepositoryRoot.Program("temporal-dev/server", "temporal-dev");

    /// <summary>Finds it. The environment of this process tells its children from then on where .NET is: an executable does not inherit that from <c>dotnet</c>.</summary>
    /// <returns>Absolute path of <c>temporal-dev</c>.</returns>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Find()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(RootVariable)))
            Environment.SetEnvironmentVariable(RootVariable, DotnetRoot());
        return Path.ChangeExtension(Assembly, null);
    }

    /// <summary>The runtime is in ROOT/shared/Microsoft.NETCore.App/VERSION.</summary>
    private static string DotnetRoot() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
