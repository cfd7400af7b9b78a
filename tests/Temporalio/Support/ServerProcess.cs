using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.InTree.Tests.Support;

/// <summary>Starts a server that ends with the test process, however that ends.</summary>
internal static class ServerProcess
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    /// <summary>Starts <c>COMMAND server start-dev …</c> on a free port and waits until its namespace <c>default</c> answers.</summary>
    /// <param name="command">The program and what comes before <c>server start-dev</c>.</param>
    /// <param name="arguments">What comes after it; address and port are added.</param>
    /// <param name="port">The port, or null for a free one.</param>
    /// <returns>Host and port, and the shell that holds the server.</returns>
    public static async Task<(string TargetHost, Process Process)> StartAsync(IEnumerable<string> command, IEnumerable<string> arguments, int? port = null)
    {
        var targetHost = $"127.0.0.1:{port ?? FreePort()}";
        // The shell holds the server: it kills it when its standard input ends, which the system sees to if this process dies.
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            "-c", "\"$@\" & server=$!; read -r _; kill -9 $server", "server",
            .. command, "server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", targetHost.Split(':')[1], .. arguments,
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
        await WaitUntilServingAsync(targetHost, output);
        return (targetHost, process);
    }

    /// <summary>A port of 127.0.0.1 that nobody listens on.</summary>
    public static int FreePort()
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
