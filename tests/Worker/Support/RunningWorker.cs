using Microsoft.AspNetCore.Builder;
using Npgsql;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Settlement.Database;
using Settlement.TestSupport;
using Temporalio.Client;

namespace Settlement.Worker.Tests.Support;

/// <summary>The worker, as its program builds it, over an empty database and a fresh Temporal server. Nothing is prepared for it.</summary>
public sealed class RunningWorker : IAsyncLifetime
{
    private readonly string logFile = Path.GetTempFileName();
    private TemporalServer? server;
    private WebApplication? app;
    private string? connectionString;

    /// <summary>Search attributes that the server had before the worker came.</summary>
    public IReadOnlyCollection<string> AttributesBefore { get; private set; } = [];

    public NpgsqlDataSource Books { get; private set; } = null!;

    public ITemporalClient Temporal { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    private string ConnectionString => connectionString ?? throw new InvalidOperationException("There is no database.");

    public async ValueTask InitializeAsync()
    {
        server = TemporalServer.Embedded(FreePort.Any(), databaseUrl: null, logFile);
        await server.StartAsync(CancellationToken.None);
        connectionString = await PostgresFixture.CreateDatabaseAsync();
        Books = SettlementDatabase.CreateDataSource(connectionString, settings => settings.Pooling = false);
        Temporal = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(server.Address));
        AttributesBefore = [.. (await SearchAttributesAsync()).Keys];
        app = await StartAnotherAsync();
        Http.BaseAddress = new Uri(app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync(app);
        if (server is not null)
            await server.DisposeAsync();
        if (connectionString is not null)
        {
            await Books.DisposeAsync();
            await PostgresFixture.DropDatabaseAsync(connectionString);
        }

        File.Delete(logFile);
    }

    /// <summary>Starts one more worker on the same database and server.</summary>
    public async Task<WebApplication> StartAnotherAsync(params string[] settings)
    {
        var another = WorkerHost.Build(
        [
            $"--Database:Url={ConnectionString}", $"--Temporal:Address={server!.Address}", "--Worker:Port=0", "--Worker:SweepSeconds=1", "--Worker:SweepGraceSeconds=1",
            "--Worker:ShutdownSeconds=1", "--Banks:simbank:BaseAddress=http://127.0.0.1:1", $"--Actions:SigningKey={Convert.ToBase64String(new byte[32])}", .. settings,
        ]);
        await another.StartAsync();
        return another;
    }

    public static async Task StopAsync(WebApplication? worker)
    {
        if (worker is null)
            return;
        await worker.StopAsync();
        await worker.DisposeAsync();
    }

    /// <summary>The server's custom search attributes, name to type.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SearchAttributesAsync()
    {
        var known = await Temporal.Connection.OperatorService.ListSearchAttributesAsync(new() { Namespace = "default" });
        return known.CustomAttributes.ToDictionary(a => a.Key, a => a.Value.ToString());
    }

    /// <summary>Shuts the database for everyone and ends all its sessions, or opens it again.</summary>
    public async Task OpenDatabaseAsync(bool open)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
        var name = settings.Database;
        settings.Database = "postgres";
        await using var admin = NpgsqlDataSource.Create(settings);
        await using var allow = admin.CreateCommand($"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS {open}");
        await allow.ExecuteNonQueryAsync();
        if (open)
            return;
        await using var end = admin.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1");
        end.Parameters.Add(new NpgsqlParameter { Value = name });
        await end.ExecuteNonQueryAsync();
    }
}
