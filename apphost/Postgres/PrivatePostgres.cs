using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Postgres;

/// <summary>
/// A PostgreSQL cluster of one run or one test run: its own data folder, its own port on 127.0.0.1, password authentication, fsync on. As root the
/// server runs as the user <c>postgres</c>, because PostgreSQL refuses to run as root.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string ServerUser = "postgres";
    private const string Superuser = "settlement_admin";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);

    private readonly string binaries;
    private readonly string folder;
    private readonly ManagedProcess server;
    private readonly string password;

    private PrivatePostgres(string binaries, string folder, int port, string password, string logFile)
    {
        this.binaries = binaries;
        this.folder = folder;
        this.password = password;
        Port = port;
        // No Unix socket: nobody uses it, and in a deep checkout its path would be longer than the kernel takes.
        // Room for the full pools (100 each) of worker, API and bank, for the Temporal server, and for people.
        string[] arguments =
        [
            Path.Combine(binaries, "postgres"), "-D", Data, "-p", Text(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "max_connections=500", "-c", "shared_buffers=256MB", "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "log_min_messages=warning",
        ];
        var (program, full) = ServerUserCommand(arguments);
        server = new ManagedProcess("postgres", program, full, logFile);
    }

    public int Port { get; }

    /// <summary>The server process, for drills that kill it. As root this is the server itself: runuser is told to become it.</summary>
    public ManagedProcess Process => server;

    /// <summary>The folder of PostgreSQL's programs, for pgbench, psql and pg_dump.</summary>
    public string Binaries => binaries;

    private string Data => Path.Combine(folder, "data");

    private static bool AsRoot => PostgresBinaries.RunsAsRoot;

    /// <summary>Creates the cluster in <paramref name="folder"/> if it is not there yet, starts it and waits until it answers.</summary>
    /// <param name="folder">Absolute path of a folder of its own.</param>
    /// <param name="port">A free port of 127.0.0.1.</param>
    /// <param name="logFile">Receives the server's log.</param>
    /// <param name="say">Told when something must be installed first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PrivatePostgres> StartAsync(string folder, int port, string logFile, Action<string> say, CancellationToken cancellationToken)
    {
        var binaries = await PostgresBinaries.FindOrInstallAsync(say, cancellationToken);
        Directory.CreateDirectory(folder);
        var passwordFile = Path.Combine(folder, "superuser.password");
        if (!File.Exists(passwordFile))
            await File.WriteAllTextAsync(passwordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), cancellationToken);
        var password = (await File.ReadAllTextAsync(passwordFile, cancellationToken)).Trim();
        var cluster = new PrivatePostgres(binaries, folder, port, password, logFile);
        if (AsRoot)
            await ProcessResult.OutputAsync("chown", ["-R", ServerUser, folder], "/", cancellationToken);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (AsRoot)
            OpenPathTo(folder);
        if (!File.Exists(Path.Combine(cluster.Data, "PG_VERSION")))
            await cluster.InitialiseAsync(passwordFile, cancellationToken);
        await cluster.StartServerAsync(cancellationToken);
        return cluster;
    }

    /// <summary>Npgsql connection string of the superuser for <paramref name="database"/>.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = Superuser,
        Password = password,
        Database = database,
    }.ConnectionString;

    /// <summary>The same as a postgres:// URL, the form of DATABASE_URL.</summary>
    public string Url(string database) => Url(database, Superuser, password);

    /// <summary>The URL of another user of the cluster; name and password need no escaping.</summary>
    public string Url(string database, string user, string password) => $"postgres://{user}:{password}@127.0.0.1:{Text(Port)}/{database}";

    /// <summary>Creates a database unless it exists.</summary>
    public async Task CreateDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = database } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Starts the server of an initialised cluster (again) and waits until it answers.</summary>
    public Task StartServerAsync(CancellationToken cancellationToken) => server.StartAsync(AnswersAsync, ReadyLimit, cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for clients to leave.
        await server.StopAsync(ManagedProcess.SigInt);
        await server.DisposeAsync();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=3");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task InitialiseAsync(string passwordFile, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            Path.Combine(binaries, "initdb"), "-D", Data, "-U", Superuser, "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale=C", "--no-instructions",
        ];
        var (program, full) = ServerUserCommand(arguments);
        await ProcessResult.OutputAsync(program, full, "/", cancellationToken);
    }

    /// <summary>setpriv changes the user and then becomes the program, so that the child process is the server itself and can be signalled.</summary>
    private static (string Program, string[] Arguments) ServerUserCommand(string[] arguments) =>
        AsRoot ? ("setpriv", ["--reuid", ServerUser, "--regid", ServerUser, "--init-groups", .. arguments]) : (arguments[0], arguments[1..]);

    /// <summary>The server's user must be able to pass through the folders above its own.</summary>
    private static void OpenPathTo(string folder)
    {
        for (var parent = Directory.GetParent(folder); parent?.Parent is not null; parent = parent.Parent)
        {
            var mode = File.GetUnixFileMode(parent.FullName);
            if (!mode.HasFlag(UnixFileMode.OtherExecute))
                File.SetUnixFileMode(parent.FullName, mode | UnixFileMode.OtherExecute);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
