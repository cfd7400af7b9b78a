using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Settlement.BankSimulator.Tests;

/// <summary>The bank as the process that it is in production, so that it can be killed.</summary>
public sealed class BankProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    private BankProcess(Process process, int port)
    {
        this.process = process;
        Port = port;
        Caller = new BankCaller(new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) });
    }

    public int Port { get; }

    public BankCaller Caller { get; }

    public string Output => string.Join('\n', output);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the bank on a folder and waits until it answers.</summary>
    public static async Task<BankProcess> StartAsync(TemporaryFolder folder, params (string Key, string Value)[] settings)
    {
        var bank = Launch(folder.Path, settings);
        await Eventually.AsyncValue(bank.IsReadyAsync, ready => ready, "the bank's readiness: " + bank.Output, 60);
        return bank;
    }

    /// <summary>Starts the bank and waits for nothing.</summary>
    public static BankProcess Launch(string stateDirectory, params (string Key, string Value)[] settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Settlement.BankSimulator.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["Bank__StateDirectory"] = stateDirectory;
        foreach (var (key, value) in settings)
            start.Environment["Bank__" + key] = value;
        var process = Process.Start(start)!;
        var bank = new BankProcess(process, port);
        process.OutputDataReceived += (_, line) => bank.output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => bank.output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return bank;
    }

    /// <summary>SIGKILL, and wait until it is dead.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits for the process to end by itself; its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        Caller.Http.Dispose();
        process.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (process.HasExited)
            throw new InvalidOperationException("The bank has ended: " + Output);
        try
        {
            using var response = await Caller.Http.GetAsync("health");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
