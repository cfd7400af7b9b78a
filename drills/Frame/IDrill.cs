namespace Settlement.Drills.Frame;

/// <summary>
/// One failure, rehearsed: on private copies of everything it shows what happens, what an operator sees and does, and whether the books
/// held. What must hold is said with <see cref="DrillStage.Expect"/>; the drill fails if any of it does not.
/// </summary>
public interface IDrill
{
    /// <summary>As in <c>./drill NAME</c>: lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>One sentence for the list of drills.</summary>
    string Purpose { get; }

    /// <summary>Runs it to its end. An exception is a failure of the drill.</summary>
    /// <param name="stage">Where it plays: its private folder, its arguments and its narrator.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    Task RunAsync(DrillStage stage, CancellationToken cancellationToken);
}
