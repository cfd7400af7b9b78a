using Npgsql;
using Temporalio.DevServer.Tests.Storage;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>Our own server with its state in PostgreSQL.</summary>
public sealed class PostgresDevConformanceServer : ConformanceServer
{
    /// <summary>Its column.</summary>
    public const string Name = "dev server on PostgreSQL";

    private static readonly Lazy<Task<string>> Started = new(StartOnceAsync);

    /// <inheritdoc />
    public override string Column => Name;

    /// <inheritdoc />
    public override void Require()
    {
        // Built with these tests: it is always there.
    }

    /// <inheritdoc />
    protected override async Task<string?> StartAsync() => await Started.Value;

    private static async Task<string> StartOnceAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(await TestCluster.CreateDatabaseAsync());
        var url = $"postgres://{Uri.EscapeDataString(database.Username!)}:{Uri.EscapeDataString(database.Password ?? string.Empty)}@{database.Host}:{database.Port}/{database.Database}";
        return (await ServerProcess.StartAsync(DevServerProgram.Command, ["--db", url, .. RealServer.SearchAttributes])).TargetHost;
    }
}
