using System.Diagnostics;
using System.Text.Json;
using Settlement.AppHost.Processes;

namespace Settlement.Drills.Simulation;

/// <summary>Runs the auditor: a program of its own, that knows nothing of the code whose records it reads.</summary>
internal static class AuditorProcess
{
    private const int CouldNotLook = 2;

    /// <param name="journal">The bank's journal.</param>
    /// <param name="connectionString">Npgsql connection string of the ledger's database.</param>
    /// <param name="requests">The callers' log; null: not compared.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its report.</returns>
    /// <exception cref="InvalidOperationException">It could not look.</exception>
    public static async Task<JsonElement> RunAsync(string journal, string connectionString, string? requests, CancellationToken cancellationToken)
    {
        List<string> arguments = [RepositoryRoot.Program("drills/auditor", "Settlement.Auditor"), "--journal", journal];
        if (requests is not null)
            arguments.AddRange(["--requests", requests]);
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AUDIT_DATABASE"] = connectionString;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The auditor did not start.");
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode >= CouldNotLook)
            throw new InvalidOperationException($"The auditor could not look: {await errors}");
        using var report = JsonDocument.Parse(output);
        return report.RootElement.Clone();
    }
}
