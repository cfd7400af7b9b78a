using System.Collections.Concurrent;
using System.Diagnostics;

namespace Temporalio.Testing;

/// <summary>A server started as an executable: its last words are kept, and it does not outlive this process.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int RememberedLines = 40;

    private readonly ConcurrentQueue<string> output = new();
    private readonly Process process;
    private readonly EventHandler killWithUs;

    private ServerProcess(Process process)
    {
        this.process = process;
        killWithUs = (_, _) => Kill();
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        AppDomain.CurrentDomain.ProcessExit += killWithUs;
    }

    /// <summary>Gets a value indicating whether the server has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Gets the last lines that it wrote, for error messages.</summary>
    public string LastOutput => string.Join('\n', output);

    /// <summary>Starts a server.</summary>
    /// <param name="executable">Path of the executable.</param>
    /// <param name="arguments">Arguments.</param>
    /// <returns>The running process.</returns>
    /// <exception cref="InvalidOperationException">It cannot be started.</exception>
    public static ServerProcess Start(string executable, IEnumerable<string> arguments)
    {
        if (!File.Exists(executable)) throw new InvalidOperationException($"There is no server executable at {executable}");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(executable, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        var server = new ServerProcess(process);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            AppDomain.CurrentDomain.ProcessExit -= server.killWithUs;
            process.Dispose();
            throw new InvalidOperationException($"The server {executable} does not start: {e.Message}", e);
        }
        process.StandardInput.Close();
        // Read without end: a server whose pipe is full stands still.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Kills the server and waits for its end.</summary>
    /// <returns>Task that ends when it is gone.</returns>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= killWithUs;
        Kill();
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended, or never began: what is wanted.
            return;
        }
    }

    private void Remember(string? line)
    {
        if (line is null) return;
        output.Enqueue(line);
        while (output.Count > RememberedLines) output.TryDequeue(out _);
    }
}
