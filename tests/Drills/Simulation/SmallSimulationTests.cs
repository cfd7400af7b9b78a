using Settlement.Drills.Bugs;
using Settlement.Drills.Simulation;

namespace Settlement.Drills.Tests.Simulation;

/// <summary>
/// The simulation, small: one of every fault; and with one of the planted bugs, which it must find. The long ones are <c>./drill simulate</c> and
/// <c>./drill planted-bugs</c>. A run that fails leaves its folder, with the event log and all logs.
/// </summary>
public sealed class SmallSimulationTests
{
    private const int Seed = 20261122;
    private const int Settlements = 60;
    private static readonly int Faults = Enum.GetValues<FaultKind>().Length;

    [Fact]
    public async Task Simulate_OneOfEveryFault_LosesDoublesAndStrandsNothing()
    {
        var folder = Directory.CreateTempSubdirectory("settlement-simulation-").FullName;
        var result = await new SimulationRun(SimulationPlan.Draw(Seed, Settlements, Faults), new SimulationOptions { Folder = folder }).RunAsync(CancellationToken.None);

        result.Accepted.ShouldBe(Settlements);
        result.Faults.ShouldBe(Faults);
        result.Findings.ShouldBeEmpty($"the run is kept in {folder}");
        result.Breaches.ShouldBeEmpty($"the run is kept in {folder}");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Simulate_WithoutTheFloorCheck_FindsIt()
    {
        var folder = Directory.CreateTempSubdirectory("settlement-bug-").FullName;
        var bug = PlantedBug.Named("skip-floor-check");
        var findings = await SpoiledDatabase.FindAsync(bug, Seed, folder, temporal: null, _ => { }, CancellationToken.None);
        findings.ShouldContain(finding => bug.IsNamedBy(finding));
        Directory.Delete(folder, recursive: true);
    }
}
