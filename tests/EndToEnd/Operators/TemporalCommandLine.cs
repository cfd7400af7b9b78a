using System.Diagnostics;
using Settlement.AppHost.Launch;
using Settlement.AppHost.Temporal;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>The real <c>temporal</c> command line against an environment's server.</summary>
internal sealed class TemporalCommandLine(SettlementEnvironment environment)
{
    public async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        Skip.If(Oracles.TemporalCli is null, Oracles.MissingReason);
        var start = new ProcessStartInfo(Oracles.TemporalCli, ["--address", environment.TemporalAddress, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    public Task<(int Exit, string Output)> UpdateAsync(string reference, string name, string input) =>
        RunAsync("workflow", "update", "execute", "--workflow-id", $"settlement-{reference}", "--name", name, "--input", input);
}
