using Settlement.Drills.Simulation;

namespace Settlement.Drills.Bugs;

/// <summary><c>./drill planted-bugs [--only NAME]</c>: plants each known bug and expects the simulation to find it.</summary>
internal sealed class PlantedBugsDrill : IDrill
{
    private const int DefaultSeed = 7;

    /// <summary>A bug may leave settlements open for ever: a short run need not wait long to call them stranded.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(45);

    public string Name => "planted-bugs";

    public string Purpose => "Plants each of the known bugs (drills/Bugs) in turn and shows that the simulation and its auditor find it.";

    public async Task RunAsync(DrillStage stage, CancellationToken cancellationToken)
    {
        var seed = stage.Arguments.Seed ?? DefaultSeed;
        var bugs = stage.Arguments.Only is { } only ? [PlantedBug.Named(only)] : PlantedBug.All;
        PatchedTree? tree = null;
        foreach (var bug in bugs)
        {
            stage.Scene(bug.Name);
            var folder = Path.Combine(stage.Folder, bug.Name);
            Directory.CreateDirectory(folder);
            IReadOnlyList<string> findings;
            if (bug.SqlFile is not null)
                findings = await SpoiledDatabase.FindAsync(bug, seed, folder, stage.Arguments.Temporal, stage.Happens, cancellationToken);
            else
                findings = await (tree ??= await PatchedTree.CopyAsync(Path.Combine(stage.Folder, "tree"), stage.Folder, stage.Happens, cancellationToken))
                    .FindAsync(bug, seed, stage.Arguments.Temporal, stage.Happens, cancellationToken);
            stage.Output(findings.Count == 0 ? "nothing was found" : string.Join('\n', findings.Take(5)));
            stage.Expect(findings.Any(bug.IsNamedBy), $"{bug.Name} is found: {bug.Finding}");
        }
    }
}

/// <summary>Plants a bug that lives in the database: its SQL runs after the migrations, before the first request.</summary>
internal static class SpoiledDatabase
{
    /// <returns>What the auditor and the proof found.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(
        PlantedBug bug, int seed, string folder, string? temporal, Action<string> say, CancellationToken cancellationToken)
    {
        var sql = await File.ReadAllTextAsync(bug.SqlFile!, cancellationToken);
        var options = new SimulationOptions
        {
            Folder = folder,
            Temporal = temporal,
            Say = say,
            StallLimit = PlantedBugsDrill.StallLimit,
            Prepare = async environment =>
            {
                await using var command = environment.Database.CreateCommand(sql);
                await command.ExecuteNonQueryAsync(cancellationToken);
            },
        };
        var result = await new SimulationRun(SimulationPlan.Draw(seed, bug.Focus), options).RunAsync(cancellationToken);
        return [.. result.Findings, .. result.Breaches];
    }
}
