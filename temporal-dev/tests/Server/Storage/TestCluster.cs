using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Temporalio.DevServer.Tests.Storage;

/// <summary>
/// A PostgreSQL cluster for these tests. Not that of tests/Support: the server knows nothing of settlements, and neither do its tests. The suites
/// share one (SETTLEMENT_TEST_DATABASE where the runner offers it); a test that kills its cluster starts its own.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Shared = new(SharedAsync);

    private readonly string binaries;
    private readonly string folder;
    private readonly int port;

    private TestCluster(string binaries, string folder, int port)
    {
        this.binaries = binaries;
        this.folder = folder;
        this.port = port;
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=postgres";

    private string Data => Path.Combine(folder, "data");

    private static bool AsRoot => Environment.UserName == "root";

    /// <summary>An empty database in the shared cluster.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var admin = await Shared.Value;
        var name = "t_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(admin, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(admin) { Database = name, Timeout = 120 }.ConnectionString;
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<TestCluster> StartNewAsync()
    {
        var binaries = Environment.GetEnvironmentVariable("SETTLEMENT_POSTGRES_BIN") ?? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).Last();
        var cluster = new TestCluster(binaries, Directory.CreateTempSubdirectory("devserver-pg-").FullName, FreePort());
        if (AsRoot)
            await RunAsync("chown", ["postgres", cluster.folder]);
        // Trust on a loopback port of one test run: nothing but test rows is behind it.
        await cluster.ServerAsync("initdb", ["-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"]);
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>Starts the server (again) and waits until it answers.</summary>
    public Task StartAsync() => ServerAsync(
        "pg_ctl",
        ["-D", Data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}", "start"]);

    /// <summary>Ends all server processes at once, without a checkpoint: the next start recovers from the log.</summary>
    public Task CrashAsync() => ServerAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"]);

    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> SharedAsync()
    {
        if (Environment.GetEnvironmentVariable("SETTLEMENT_TEST_DATABASE") is { Length: > 0 } shared)
            return shared;
        var cluster = await StartNewAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
        return cluster.ConnectionString;
    }

    private Task ServerAsync(string program, string[] arguments)
    {
        var path = Path.Combine(binaries, program);
        return AsRoot ? RunAsync("setpriv", ["--reuid", "postgres", "--regid", "postgres", "--init-groups", path, .. arguments]) : RunAsync(path, arguments);
    }

    /// <summary>Output is not captured: the server would inherit the pipe and keep it open.</summary>
    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
