using System.Globalization;
using System.Net.Sockets;
using Settlement.AppHost.Processes;

namespace Settlement.AppHost.Temporal;

/// <summary>The official dev server (<c>temporal server start-dev</c>) as a child process, durable in a file, with its Web UI.</summary>
public sealed class CliDevServer : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);
    private readonly ManagedProcess process;

    /// <param name="executable">The <c>temporal</c> executable.</param>
    /// <param name="port">Port of the gRPC frontend on 127.0.0.1.</param>
    /// <param name="uiPort">Port of the Web UI, or null for none.</param>
    /// <param name="databaseFile">SQLite file that makes it durable, or null: everything is forgotten at exit.</param>
    /// <param name="logFile">Receives its output.</param>
    public CliDevServer(string executable, int port, int? uiPort, string? databaseFile, string logFile)
    {
        Port = port;
        UiPort = uiPort;
        List<string> arguments = ["server", "start-dev", "--ip", "127.0.0.1", "--port", Text(port), "--log-level", "error"];
        arguments.AddRange(uiPort is { } ui ? ["--ui-port", Text(ui)] : ["--headless"]);
        if (databaseFile is not null)
            arguments.AddRange(["--db-filename", databaseFile]);
        process = new ManagedProcess("temporal", executable, arguments, logFile);
    }

    public int Port { get; }

    public int? UiPort { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>The process, for drills that kill it.</summary>
    public ManagedProcess Process => process;

    /// <summary>Starts it and waits until its port answers.</summary>
    /// <exception cref="InvalidOperationException">It ended or did not answer within 30 s; the message carries its last lines.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        process.Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReadyLimit);
        while (!await AcceptsAsync(Port, limit.Token))
        {
            if (process.HasExited || limit.IsCancellationRequested)
                throw new InvalidOperationException($"The Temporal dev server did not start on port {Port}:\n{process.LogTail()}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<bool> AcceptsAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
