using Settlement.Drills.Simulation;
using Settlement.Drills.Simulation.Plan;

namespace Settlement.Drills.Bugs;

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
        var result = await new Simulation.Simulation(SimulationPlan.Draw(seed, bug.Focus), options).RunAsync(cancellationToken);
        return [.. result.Findings, .. result.Breaches];
    }
}
