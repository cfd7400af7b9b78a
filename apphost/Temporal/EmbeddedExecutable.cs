using System.Runtime.InteropServices;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Temporal;

/// <summary>The embedded server as an executable that official SDKs, and tests through their API, start by its path.</summary>
public static class EmbeddedExecutable
{
    private const string RootVariable = "DOTNET_ROOT";

    /// <summary>Finds it. The environment of this process tells its children from then on where .NET is: an executable does not inherit that from <c>dotnet</c>.</summary>
    /// <returns>Absolute path of <c>temporal-dev</c>.</returns>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Find()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(RootVariable)))
            Environment.SetEnvironmentVariable(RootVariable, DotnetRoot());
        return Path.ChangeExtension(RepositoryRoot.Program("temporal/Temporalio.DevServer", "temporal-dev"), null);
    }

    /// <summary>The runtime is in ROOT/shared/Microsoft.NETCore.App/VERSION.</summary>
    private static string DotnetRoot() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
