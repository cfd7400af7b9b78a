using System.Globalization;
using System.Net.Sockets;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Temporal;

/// <summary>A Temporal server as a child process on 127.0.0.1: ours or the official dev server.</summary>
public sealed class TemporalServer : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);
    private readonly ManagedProcess process;

    private TemporalServer(int port, int? uiPort, ManagedProcess process)
    {
        Port = port;
        UiPort = uiPort;
        this.process = process;
    }

    /// <summary>Port of the gRPC frontend.</summary>
    public int Port { get; }

    /// <summary>Port of the Web UI, or null where there is none.</summary>
    public int? UiPort { get; }

    public string Address => $"127.0.0.1:{Text(Port)}";

    /// <summary>The process, for drills that kill it.</summary>
    public ManagedProcess Process => process;

    /// <summary>The server of this repository.</summary>
    /// <param name="port">Port of the gRPC frontend.</param>
    /// <param name="databaseUrl">postgres:// URL of a database in which it keeps its state in a schema of its own; null: memory, everything is forgotten at exit.</param>
    /// <param name="logFile">Receives its output.</param>
    public static TemporalServer Embedded(int port, string? databaseUrl, string logFile)
    {
        string[] arguments = ["server", "start-dev", "--ip", "127.0.0.1", "--port", Text(port), "--headless", "--log-level", "warn"];
        return new TemporalServer(port, null, Ours(arguments, logFile, () => new Dictionary<string, string> { [EmbeddedExecutable.DatabaseVariable] = databaseUrl ?? "" }));
    }

    /// <summary>The server of this repository in memory, with the test service of the official time-skipping server. Its clock starts locked.</summary>
    public static TemporalServer TimeSkipping(int port, string logFile) => new(port, null, Ours([Text(port)], logFile, environment: null));

    /// <summary>The official dev server (<c>temporal server start-dev</c>), with its Web UI.</summary>
    /// <param name="executable">The <c>temporal</c> executable.</param>
    /// <param name="port">Port of the gRPC frontend.</param>
    /// <param name="uiPort">Port of the Web UI, or null for none.</param>
    /// <param name="databaseFile">SQLite file that makes it durable, or null: everything is forgotten at exit.</param>
    /// <param name="logFile">Receives its output.</param>
    public static TemporalServer CommandLine(string executable, int port, int? uiPort, string? databaseFile, string logFile)
    {
        List<string> arguments = ["server", "start-dev", "--ip", "127.0.0.1", "--port", Text(port), "--log-level", "error"];
        arguments.AddRange(uiPort is { } ui ? ["--ui-port", Text(ui)] : ["--headless"]);
        if (databaseFile is not null)
            arguments.AddRange(["--db-filename", databaseFile]);
        return new TemporalServer(port, uiPort, new ManagedProcess("temporal", executable, arguments, logFile));
    }

    /// <summary>Starts it (again) and waits until its port answers.</summary>
    /// <exception cref="InvalidOperationException">It ended or did not answer within 60 s; the message carries its last lines.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => process.StartAsync(AcceptsAsync, ReadyLimit, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static ManagedProcess Ours(string[] arguments, string logFile, Func<IReadOnlyDictionary<string, string>>? environment) =>
        new("temporal", "dotnet", [EmbeddedExecutable.Assembly, .. arguments], logFile, environment);

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
