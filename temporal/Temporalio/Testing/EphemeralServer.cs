using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;

namespace Temporalio.Testing;

/// <summary>A Temporal server that lives as long as its environment. Arguments are those that the official SDKs pass.</summary>
internal sealed class EphemeralServer : IAsyncDisposable
{
    // The official SDKs give a server five seconds; a loaded machine may need more, and waiting costs nothing when it does not.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(100);
    private const int PortAttempts = 3;

    private readonly ServerProcess process;

    private EphemeralServer(ServerProcess process, string target, bool hasTestService)
    {
        this.process = process;
        Target = target;
        HasTestService = hasTestService;
    }

    /// <summary>Gets where it listens, <c>host:port</c>.</summary>
    public string Target { get; }

    /// <summary>Gets a value indicating whether it skips time.</summary>
    public bool HasTestService { get; }

    /// <summary>Starts a dev server.</summary>
    /// <param name="options">Options.</param>
    /// <returns>The server, answering.</returns>
    public static Task<EphemeralServer> StartDevServerAsync(WorkflowEnvironmentStartLocalOptions options)
    {
        var server = options.DevServerOptions;
        var executable = ServerExecutable.DevServer(server.ExistingPath);
        var (host, port) = ParseTarget(options.TargetHost);
        return StartAsync(executable, host, port, hasTestService: false, chosen => DevServerArguments(options, server, host, chosen));
    }

    /// <summary>Starts a time-skipping server.</summary>
    /// <param name="options">Options.</param>
    /// <returns>The server, answering.</returns>
    public static Task<EphemeralServer> StartTestServerAsync(WorkflowEnvironmentStartTimeSkippingOptions options)
    {
        var executable = ServerExecutable.TestServer(options.TestServer.ExistingPath);
        var (host, port) = ParseTarget(options.TargetHost);
        if (host != "127.0.0.1") throw new InvalidOperationException("A time-skipping server listens on this machine only: leave out TargetHost, or say localhost");
        return StartAsync(
            executable, host, port, hasTestService: true, chosen => [Text(chosen), .. options.TestServer.ExtraArgs ?? []]);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<EphemeralServer> StartAsync(
        string executable, string host, int? port, bool hasTestService, Func<int, IEnumerable<string>> arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port ?? FreePort(host);
            var target = $"{host}:{Text(chosen)}";
            var process = ServerProcess.Start(executable, arguments(chosen));
            try
            {
                await WaitUntilAnsweringAsync(process, target).ConfigureAwait(false);
                return new EphemeralServer(process, target, hasTestService);
            }
            catch (InvalidOperationException) when (process.HasExited && port is null && attempt < PortAttempts)
            {
                // Between our look and the server's bind somebody may have taken the port.
                await process.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await process.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private static async Task WaitUntilAnsweringAsync(ServerProcess process, string target)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"The server at {target} ended while starting:\n{process.LastOutput}");
            try
            {
                var probe = await TemporalConnection.ConnectAsync(new TemporalConnectionOptions(target)).ConfigureAwait(false);
                probe.Close();
                return;
            }
            catch (InvalidOperationException e)
            {
                if (clock.Elapsed > StartTimeout)
                    throw new InvalidOperationException($"The server at {target} did not answer within {StartTimeout}:\n{process.LastOutput}", e);
            }
            await Task.Delay(AskInterval).ConfigureAwait(false);
        }
    }

    private static List<string> DevServerArguments(
        WorkflowEnvironmentStartLocalOptions options, DevServerOptions server, string host, int port)
    {
        List<string> arguments =
        [
            "server", "start-dev", "--port", Text(port), "--namespace", options.Namespace, "--ip", host,
            "--log-format", server.LogFormat, "--log-level", server.LogLevel,
            "--dynamic-config-value", "frontend.enableServerVersionCheck=false",
            "--dynamic-config-value", "frontend.enableUpdateWorkflowExecution=true",
            "--dynamic-config-value", "frontend.enableUpdateWorkflowExecutionAsyncAccepted=true",
        ];
        if (server.DatabaseFilename is { } file) arguments.AddRange(["--db-filename", file]);
        if (options.UI) arguments.AddRange(["--ui-port", Text(Math.Min(port + 1000, 65535))]);
        else arguments.Add("--headless");
        foreach (var key in options.SearchAttributes ?? []) arguments.AddRange(["--search-attribute", $"{key.Name}={key.ValueType}"]);
        arguments.AddRange(server.ExtraArgs ?? []);
        return arguments;
    }

    private static (string Host, int? Port) ParseTarget(string? target)
    {
        if (string.IsNullOrEmpty(target)) return ("127.0.0.1", null);
        var colon = target.LastIndexOf(':');
        var host = colon < 0 ? target : target[..colon];
        if (host == "localhost") host = "127.0.0.1";
        if (colon < 0 || target[(colon + 1)..] is "" or "0") return (host, null);
        if (!int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
            throw new ArgumentException($"TargetHost '{target}' has no valid port", nameof(target));
        return (host, port);
    }

    private static int FreePort(string host)
    {
        using var listener = new TcpListener(IPAddress.Parse(host), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
