using System.Globalization;
using System.Text.Json;
using Settlement.Drills.Bugs;

namespace Settlement.Drills.Simulation;

/// <summary><c>./drill simulate [--seed N] [--count N] [--faults N]</c>.</summary>
internal sealed class SimulationDrill : IDrill
{
    private const int DefaultCount = 2_000;
    private const int DefaultFaults = 100;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Name => "simulate";

    public string Purpose => "Thousands of settlements through random faults, audited by a program that shares no code with the system: 0 lost, 0 doubled, 0 stranded.";

    public async Task RunAsync(DrillStage stage, CancellationToken cancellationToken)
    {
        var seed = stage.Arguments.Seed ?? (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() % int.MaxValue);
        // A planted bug, in a copy of the tree that has it, is looked for by the short plan that shows it.
        var bug = stage.Arguments.Only is { } name ? PlantedBug.Named(name) : null;
        var plan = bug is null
            ? SimulationPlan.Draw(seed, stage.Arguments.Count ?? DefaultCount, stage.Arguments.Faults ?? DefaultFaults)
            : SimulationPlan.Draw(seed, bug.Focus);
        stage.Scene(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {plan.Settlements.Count} settlements, {plan.Faults.Count} faults"));
        foreach (var kind in plan.Faults.GroupBy(fault => fault.Kind).OrderBy(group => group.Key))
            stage.Happens($"{kind.Count()} × {kind.Key}");
        var options = new SimulationOptions { Folder = stage.Folder, Temporal = stage.Arguments.Temporal, Say = stage.Happens };
        if (bug is not null)
            options = options with { StallLimit = PlantedBugsDrill.StallLimit };
        var result = await new SimulationRun(plan, options).RunAsync(cancellationToken);

        stage.Scene("The audit");
        stage.Output(JsonSerializer.Serialize(result.Audit, Indented));
        foreach (var breach in result.Breaches)
            stage.Happens($"BREACH {breach}");
        stage.Happens(string.Create(CultureInfo.InvariantCulture, $"{result.Accepted} settlements, {result.Faults} faults in {result.Duration.TotalSeconds:0} s: {result.Ends}"));
        stage.Expect(result.Accepted == plan.Settlements.Count && result.Faults == plan.Faults.Count, "every request was accepted in the end, and every fault planted");
        stage.Expect(result.Lost == 0, "0 lost");
        stage.Expect(result.Doubled == 0, "0 doubled");
        stage.Expect(result.Stranded == 0, "0 stranded");
        stage.Expect(result.Wrong == 0, "the records do not contradict each other");
        stage.Expect(result.Breaches.Count == 0, "the books prove out");
    }
}
