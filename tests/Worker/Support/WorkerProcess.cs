using System.Diagnostics;
using Settlement.AppHost.Processes;

namespace Settlement.Worker.Tests.Support;

/// <summary>The real program, run to its end.</summary>
internal static class WorkerProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs it with these settings and none inherited.</summary>
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [RepositoryRoot.Program("worker", "Settlement.Worker"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in Hosting.EnvironmentNames.Shared.Keys.Concat(WorkerHost.OwnEnvironmentNames.Keys))
            start.Environment.Remove(name);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The worker was still running after {Limit.TotalSeconds} s: {await output}");
        }

        return (process.ExitCode, await output, await errors);
    }
}
