using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Servers;

/// <summary>Starts a server that ends with the test process, however that ends.</summary>
internal static class ServerProcess
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Our own server, built with these tests. TEMPORAL_DEV_SERVER may name another executable, so that the suite can be tried on any server that
    /// takes these arguments.
    /// </summary>
    public static string DevServer { get; } =
        Environment.GetEnvironmentVariable("TEMPORAL_DEV_SERVER") is { Length: > 0 } named ? named : BuiltDevServer();

    /// <summary>Starts <c>PROGRAM server start-dev …</c> on a free port and waits until its namespace <c>default</c> answers.</summary>
    /// <param name="program">The executable.</param>
    /// <param name="arguments">What comes after <c>server start-dev</c>; address and port are added.</param>
    /// <returns>Host and port.</returns>
    public static async Task<string> StartAsync(string program, IEnumerable<string> arguments)
    {
        var port = FreePort();
        // The shell holds the server: it kills it when its standard input ends, which the system sees to if this process dies.
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            "-c", "\"$@\" & server=$!; read -r _; kill -9 $server", "server",
            program, "server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", $"{port}", .. arguments,
        ];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        var output = new Queue<string>();
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var targetHost = $"127.0.0.1:{port}";
        await WaitUntilServingAsync(targetHost, output);
        return targetHost;
    }

    private static string BuiltDevServer()
    {
        // …/bin/Release/net10.0/ of this assembly says which build of the server belongs to it.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = output.Parent; folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "server");
            if (File.Exists(Path.Combine(project, "Temporalio.DevServer.csproj")))
            {
                var file = Path.Combine(project, "bin", output.Parent!.Name, output.Name, "temporal-dev");
                return File.Exists(file) ? file : throw new FileNotFoundException($"The dev server is not built: {file}", file);
            }
        }
        throw new InvalidOperationException("The server's project is not in a folder above the tests");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitUntilServingAsync(string targetHost, Queue<string> output)
    {
        using var limit = new CancellationTokenSource(ReadyLimit);
        while (true)
        {
            try
            {
                var connection = await TemporalConnection.ConnectAsync(new(targetHost));
                await connection.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" });
                return;
            }
            catch (Exception e) when (e is RpcException or InvalidOperationException)
            {
                if (limit.IsCancellationRequested)
                {
                    throw new InvalidOperationException($"No server on {targetHost} within {ReadyLimit.TotalSeconds:0} s; it said:\n{Said(output)}", e);
                }
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            }
        }
    }

    private static void Keep(Queue<string> output, string? line)
    {
        const int kept = 30;
        lock (output)
        {
            if (line is not null)
            {
                output.Enqueue(line);
            }
            if (output.Count > kept)
            {
                output.Dequeue();
            }
        }
    }

    private static string Said(Queue<string> output)
    {
        lock (output)
        {
            return string.Join('\n', output);
        }
    }
}
