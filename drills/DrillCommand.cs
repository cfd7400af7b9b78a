using System.CommandLine;
using System.Globalization;
using Settlement.AppHost.Processes;
using Settlement.Drills.Bugs;
using Settlement.Drills.EmbeddedServer;
using Settlement.Drills.Money;
using Settlement.Drills.Simulation;

namespace Settlement.Drills;

/// <summary><c>./drill NAME</c>: sets the stage, runs the drill, says how it ended.</summary>
internal static class DrillCommand
{
    private const int Failed = 1;
    private const int NameWidth = 26;

    public static RootCommand Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Which drill; without one, all are listed.", Arity = ArgumentArity.ZeroOrOne };
        var temporal = new Option<string?>("--temporal") { HelpName = "embedded|cli|HOST:PORT", Description = "Which Temporal server, as with ./run." };
        var seed = CommandLineProgram.Number("--seed", "Fixes inputs and fault plan of a search. Default: from the clock, printed.");
        var count = CommandLineProgram.Number("--count", "How many settlements, or cases, a search runs.");
        var faults = CommandLineProgram.Number("--faults", "How many faults a search plants.");
        var only = new Option<string?>("--only") { HelpName = "PART", Description = "One part of the drill only (planted-bugs: one bug)." };
        return new RootCommand("Runs one failure drill or long search on private copies of everything.") { name, temporal, seed, count, faults, only }.Runs(
            "./drill",
            (parsed, cancellationToken) => RunAsync(
                parsed.GetValue(name),
                new DrillArguments(parsed.GetValue(temporal), parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(faults), parsed.GetValue(only)),
                cancellationToken));
    }

    /// <returns>0 if everything that the drill expects held; 1 if not, with its folder kept.</returns>
    public static async Task<int> RunAsync(string? name, DrillArguments arguments, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            foreach (var each in DrillCatalog.All)
                Console.WriteLine($"  {each.Name.PadRight(NameWidth)}{each.Purpose}");
            return 0;
        }

        var drill = DrillCatalog.Named(name);
        var folder = Path.Combine(RepositoryRoot.Folder, ".run", string.Create(CultureInfo.InvariantCulture, $"drill-{name}-{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}"));
        Directory.CreateDirectory(folder);
        var stage = new DrillStage(folder, arguments, Console.Out);
        Console.WriteLine($"Drill {drill.Name}: {drill.Purpose}");
        var failures = await PlayAsync(drill, stage, cancellationToken);
        Console.WriteLine();
        if (failures.Count == 0)
        {
            Directory.Delete(folder, recursive: true);
            Console.WriteLine($"Drill {drill.Name} passed.");
            return 0;
        }

        foreach (var failure in failures)
            Console.WriteLine($"  did not hold: {failure}");
        Console.WriteLine($"Drill {drill.Name} FAILED; its state and logs are kept in {Path.GetRelativePath(RepositoryRoot.Folder, folder)}");
        return Failed;
    }

    private static async Task<IReadOnlyList<string>> PlayAsync(IDrill drill, DrillStage stage, CancellationToken cancellationToken)
    {
        try
        {
            await drill.RunAsync(stage, cancellationToken);
            return stage.Failures;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return [.. stage.Failures, "it was stopped"];
        }
        catch (Exception error) when (error is not UserErrorException)
        {
            // Whatever a drill runs into is its failure, told like the others; its folder stays for whoever looks.
            return [.. stage.Failures, $"it ended with {error.GetType().Name}: {error.Message}"];
        }
    }
}

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
