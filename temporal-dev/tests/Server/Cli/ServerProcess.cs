using System.Collections.Concurrent;
using System.Diagnostics;

namespace Temporalio.DevServer.Tests.Cli;

/// <summary>The executable as others start it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All that it has said so far.</summary>
    public string Output => string.Join('\n', lines);

    public static ServerProcess Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        // A shell starts what it puts in the background with SIGINT ignored, and children inherit that: here it must work however the tests were started.
        var start = new ProcessStartInfo("env")
        {
            ArgumentList = { "--default-signal=INT", dotnet, Path.Combine(AppContext.BaseDirectory, "temporal-dev.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("TEMPORAL_DEV_DATABASE");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>Where it listens, once it says so.</summary>
    public async Task<string> AddressAsync()
    {
        var first = await Task.WhenAny(address.Task, process.WaitForExitAsync()).WaitAsync(Patience);
        if (first != address.Task)
            throw new InvalidOperationException($"the server ended with {process.ExitCode}: {Output}");
        return await address.Task;
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (line.StartsWith("Server:", StringComparison.Ordinal))
            address.TrySetResult(line["Server:".Length..].Trim().Split(' ')[0]);
    }
}
