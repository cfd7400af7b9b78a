using Settlement.AppHost.Processes;
using Settlement.Drills.Bugs;
using Settlement.Drills.FuzzServer;
using Settlement.Drills.Money;
using Settlement.Drills.ServerKills;
using Settlement.Drills.Simulation;

namespace Settlement.Drills.Frame;

/// <summary>Every drill by its name.</summary>
internal static class DrillCatalog
{
    public static IReadOnlyList<IDrill> All { get; } =
    [
        new DoublePaymentDrill(),
        new PartialReversalDrill(),
        new BackdatedEntryDrill(),
        new FailedJobDrill(),
        new ReconciliationMismatchDrill(),
        new BankOutageDrill(),
        new DatabaseFailoverDrill(),
        new LostConfirmationDrill(),
        new OperatorErrorDrill(),
        new SimulationDrill(),
        new PlantedBugsDrill(),
        new FuzzServerDrill(),
        new ServerKillsDrill(),
    ];

    /// <exception cref="UserErrorException">There is none of that name.</exception>
    public static IDrill Named(string name) =>
        All.FirstOrDefault(drill => drill.Name == name)
        ?? throw new UserErrorException($"No drill called '{name}'. There are: {string.Join(", ", All.Select(drill => drill.Name))}");
}
