using System.Diagnostics;
using System.Text;

namespace Settlement.AppHost.Processes;

/// <summary>What a program that was run to its end left behind.</summary>
/// <param name="ExitCode"><see cref="Killed"/> if it took longer than it might.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Errors)
{
    public const int Killed = -1;

    /// <summary>All that it printed.</summary>
    public string Text => Output + Errors;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Executable to start.</param>
    /// <param name="arguments">Its arguments, one by one; nothing passes through a shell.</param>
    /// <param name="environment">Variables to add to this process's own.</param>
    /// <param name="directory">Where it runs; null: where this process does.</param>
    /// <param name="limit">It is killed with its children when it takes longer; null: it may take as long as it wants.</param>
    /// <param name="cancellationToken">Kills it with its children.</param>
    public static async Task<ProcessResult> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? directory = null, TimeSpan? limit = null,
        CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory ?? "" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit ?? Timeout.InfiniteTimeSpan);
        try
        {
            await process.WaitForExitAsync(end.Token);
            return new ProcessResult(process.ExitCode, Printed(output), Printed(errors));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new ProcessResult(Killed, Printed(output), $"{Printed(errors)}killed after {limit!.Value.TotalMinutes:0} minutes\n");
        }
    }

    /// <summary>Runs a program that must succeed; its standard output.</summary>
    /// <exception cref="InvalidOperationException">It did not; the message holds what it printed.</exception>
    public static async Task<string> OutputAsync(string program, IEnumerable<string> arguments, string? directory = null, CancellationToken cancellationToken = default)
    {
        var result = await RunAsync(program, arguments, directory: directory, cancellationToken: cancellationToken);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{Path.GetFileName(program)} failed: {result.Errors}{result.Output}");
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
            text.Append(line).Append(line is null ? "" : "\n");
    }

    private static string Printed(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
