using Npgsql;
using Temporalio.Client;
using Temporalio.DevServer.Tests.Storage;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>A server that the suite runs against, one for the whole test process; it ends with the process, however that ends.</summary>
public abstract class ConformanceServer : IAsyncLifetime
{
    private TemporalClient? client;

    /// <summary>Gets the name that its results stand under.</summary>
    public abstract string Column { get; }

    /// <summary>Gets a client of namespace <c>default</c>.</summary>
    public ITemporalClient Client => client ?? throw new InvalidOperationException($"There is no {Column}");

    /// <summary>Gets host and port.</summary>
    public string TargetHost => Client.Connection.Options.TargetHost!;

    /// <summary>Gets the search attributes that the behaviours use, as arguments of <c>server start-dev</c>.</summary>
    protected static IReadOnlyList<string> SearchAttributes { get; } =
    [
        "--search-attribute", "TestKeyword=Keyword", "--search-attribute", "TestInt=Int",
        "--search-attribute", "TestBool=Bool", "--search-attribute", "TestDouble=Double",
        "--search-attribute", "TestDatetime=Datetime", "--search-attribute", "TestText=Text",
        "--search-attribute", "TestKeywordList=KeywordList",
    ];

    /// <summary>Skips the calling test, by name and reason, where this server cannot be had.</summary>
    public abstract void Require();

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (await StartAsync() is { } targetHost)
        {
            client = await TemporalClient.ConnectAsync(new(targetHost));
        }
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Host and port of the running server, started once for the test process; null where it cannot be had.</summary>
    protected abstract Task<string?> StartAsync();
}

/// <summary>The real dev server of the official command line, in memory: the oracle of this suite.</summary>
public sealed class RealConformanceServer : ConformanceServer
{
    /// <summary>Its column.</summary>
    public const string Name = "real server";

    private static readonly Lazy<Task<string>> Started = new(() => ServerProcess.StartAsync(
        Oracle.TemporalCli!,
        [
            "--log-level", "never", .. SearchAttributes,
            "--dynamic-config-value", "frontend.workerVersioningDataAPIs=true",
            "--dynamic-config-value", "system.forceSearchAttributesCacheRefreshOnRead=true",
        ]));

    /// <inheritdoc />
    public override string Column => Name;

    /// <inheritdoc />
    public override void Require() => Oracle.Require();

    /// <inheritdoc />
    protected override async Task<string?> StartAsync() => Oracle.TemporalCli is null ? null : await Started.Value;
}

/// <summary>Our own server with its state in memory.</summary>
public sealed class DevConformanceServer : ConformanceServer
{
    /// <summary>Its column.</summary>
    public const string Name = "dev server";

    private static readonly Lazy<Task<string>> Started = new(() => ServerProcess.StartAsync(ServerProcess.DevServer, SearchAttributes));

    /// <inheritdoc />
    public override string Column => Name;

    /// <inheritdoc />
    public override void Require()
    {
        // Built with these tests: it is always there.
    }

    /// <inheritdoc />
    protected override async Task<string?> StartAsync() => await Started.Value;
}

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
        return await ServerProcess.StartAsync(ServerProcess.DevServer, ["--db", url, .. SearchAttributes]);
    }
}
