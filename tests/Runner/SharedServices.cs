using Settlement.AppHost.Postgres;
using Settlement.AppHost.Processes;

namespace Settlement.Tests.Runner;

/// <summary>
/// What all test assemblies of one run share, so that each need not start its own: a PostgreSQL cluster, and how their runtime is set. Passed to
/// them by environment variables; the cluster is gone, with its data, at the end.
/// </summary>
internal sealed class SharedServices : IAsyncDisposable
{
    /// <summary>Read by tests/Support/PostgresFixture.</summary>
    private const string DatabaseVariable = "SETTLEMENT_TEST_DATABASE";

    private readonly PrivatePostgres cluster;
    private readonly string folder;

    private SharedServices(PrivatePostgres cluster, string folder)
    {
        this.cluster = cluster;
        this.folder = folder;
        Environment = new Dictionary<string, string>
        {
            [DatabaseVariable] = cluster.ConnectionString("postgres"),
            // As our own programs (tools/lean-runtime.props): on two cores that test hosts share with servers, neither pays.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
        };
    }

    /// <summary>Variables for the test processes.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public static async Task<SharedServices> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("settlement-test-").FullName;
        var cluster = await PrivatePostgres.StartAsync(Path.Combine(folder, "postgres"), FreePort.Any(), Path.Combine(folder, "postgres.log"), Console.WriteLine, CancellationToken.None);
        return new SharedServices(cluster, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
