using System.Globalization;
using Settlement.AppHost.Processes;

namespace Settlement.Drills.Frame;

/// <summary><c>./drill NAME</c>: sets the stage, runs the drill, says how it ended.</summary>
internal static class DrillCommand
{
    private const int Failed = 1;
    private const int NameWidth = 26;

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
