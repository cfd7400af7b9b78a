using System.Diagnostics;
using Temporalio.Client;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Testing;

/// <summary>
/// One <c>temporal-dev</c> of this build, in memory, for the classes of the collection <see cref="Collection"/>, which run one after the other. It
/// is built with these tests, so they need no oracle and are never skipped.
/// </summary>
public sealed class DevServerFixture : IAsyncLifetime
{
    public const string Collection = "temporal-dev";

    private TemporalClient? client;
    private Process? server;

    /// <summary>Client of namespace <c>default</c>, without interceptors.</summary>
    public TemporalClient Client => client!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        (var target, server) = await ServerProcess.StartAsync([Built()], ["--log-level", "never"]);
        client = await TemporalClient.ConnectAsync(new(target));
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (server == null) return;
        // The shell that holds the server ends it with its own input.
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private static string Built()
    {
        // …/bin/Debug/net10.0/ of this assembly says which build of the server belongs to it.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output;
        while (!File.Exists(Path.Combine(root.FullName, "Settlement.Workflows.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException($"No Settlement.Workflows.sln above {AppContext.BaseDirectory}");
        }
        var file = Path.Combine(root.FullName, "temporal", "Temporalio.DevServer", "bin", output.Parent!.Name, output.Name, "temporal-dev");
        return File.Exists(file) ? file : throw new FileNotFoundException($"temporal-dev is not built: {file}", file);
    }
}
