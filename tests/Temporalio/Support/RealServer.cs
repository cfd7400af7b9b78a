using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.InTree.Tests.Support;

/// <summary>One real dev server, in memory, for the whole test process; it ends with the process, however that ends.</summary>
internal static class RealServer
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Host and port of the server, started when first asked for.</summary>
    public static Task<string> TargetHostAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        var cli = Oracle.TemporalCli ?? throw new InvalidOperationException(Oracle.Missing);
        var port = FreePort();
        // The shell holds the server: it kills it when its standard input ends, which the system sees to if this process dies.
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "-c", "\"$@\" & server=$!; read -r _; kill -9 $server", "oracle",
            cli, "server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", $"{port}", "--log-level", "never",
            "--search-attribute", "TestKeyword=Keyword", "--search-attribute", "TestInt=Int",
            "--search-attribute", "TestBool=Bool", "--search-attribute", "TestDouble=Double",
            "--search-attribute", "TestDatetime=Datetime", "--search-attribute", "TestText=Text",
            "--search-attribute", "TestKeywordList=KeywordList",
            "--dynamic-config-value", "frontend.workerVersioningDataAPIs=true",
            "--dynamic-config-value", "system.forceSearchAttributesCacheRefreshOnRead=true",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        await WaitUntilServingAsync($"127.0.0.1:{port}", process);
        return $"127.0.0.1:{port}";
    }

    private static async Task WaitUntilServingAsync(string targetHost, Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                var connection = await TemporalConnection.ConnectAsync(new(targetHost));
                await connection.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" });
                return;
            }
            catch (Exception e) when (e is RpcException or InvalidOperationException && !process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
