using System.Globalization;
using Settlement.AppHost.Postgres;
using Settlement.AppHost.Processes;
using Settlement.AppHost.Temporal;
using Temporalio.Fuzzing;

namespace Settlement.Drills.EmbeddedServer;

/// <summary>
/// Hostile bytes on the embedded Temporal server's port: in memory first, then on a database, where what is stored must also be storable. A finding's number with the
/// same seed (<c>--seed N --only CASE</c>) looks at that one case again.
/// </summary>
internal sealed class FuzzServerDrill : IDrill
{
    private const int DefaultSeed = 1;
    private const int DefaultCases = 10_000;
    private const long MaxResidentBytes = 1_500L * 1024 * 1024;

    public string Name => "fuzz-server";

    public string Purpose => "hostile bytes on the embedded Temporal server's port: it stays up, answers the others, and shows nobody another namespace's data";

    public async Task RunAsync(DrillStage stage, CancellationToken cancellationToken)
    {
        var cases = stage.Arguments.Count ?? DefaultCases;
        stage.Scene("A server in memory");
        await AttackAsync(stage, databaseUrl: null, cases, cancellationToken);

        stage.Scene("A server on PostgreSQL");
        await using var postgres = await PrivatePostgres.StartAsync(Path.Combine(stage.Folder, "postgres"), FreePort.Any(), Path.Combine(stage.Folder, "postgres.log"), stage.Happens, cancellationToken);
        await AttackAsync(stage, postgres.Url("postgres"), Math.Max(1, cases / 2), cancellationToken);
    }

    private static async Task AttackAsync(DrillStage stage, string? databaseUrl, int cases, CancellationToken cancellationToken)
    {
        var log = Path.Combine(stage.Folder, databaseUrl is null ? "memory.log" : "postgres-server.log");
        await using var server = TemporalServer.Embedded(FreePort.Any(), databaseUrl, log);
        await server.StartAsync(cancellationToken);
        var options = new FuzzOptions(new Uri("http://" + server.Address), stage.Arguments.Seed ?? DefaultSeed, cases)
        {
            OnlyCase = OnlyCase(stage.Arguments.Only),
        };
        stage.Happens($"{cases} cases with seed {options.Seed} against {server.Address}");
        var report = await FuzzRun.RunAsync(options, cancellationToken);
        stage.Output("sent: " + Text(report.CasesByAttack));
        stage.Output("answered: " + Text(report.AnswersByStatus));
        foreach (var finding in report.Findings)
            stage.Output(finding.ToString());
        stage.Expect(report.Findings.Count == 0, "no finding: never down, no answer that the server did not mean, nothing of another namespace seen or changed");
        stage.Expect(!server.Process.HasExited, "the process is still the one that was started");
        var resident = ResidentBytes(server.Process.Id);
        stage.Expect(resident < MaxResidentBytes, $"it holds {resident / 1024 / 1024} MiB, under {MaxResidentBytes / 1024 / 1024}");
    }

    private static int? OnlyCase(string? only) => only is null ? null
        : int.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new UserErrorException($"--only '{only}' must be the number of a case");

    private static string Text(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {c.Value}"));

    private static long ResidentBytes(int processId)
    {
        using var process = System.Diagnostics.Process.GetProcessById(processId);
        return process.WorkingSet64;
    }
}
