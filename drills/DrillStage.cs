using System.Diagnostics;
using System.Globalization;

namespace Settlement.Drills;

/// <summary>
/// Where a drill plays and tells its story: a private folder, the arguments, and four voices (what happens, what an operator sees, what the
/// operator types, what comes back). It keeps count of what was expected and did not hold.
/// </summary>
public sealed class DrillStage(string folder, DrillArguments arguments, TextWriter output)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly List<string> failures = [];
    private readonly Lock gate = new();

    /// <summary>A folder of this drill alone; removed afterwards, kept if the drill fails.</summary>
    public string Folder { get; } = folder;

    public DrillArguments Arguments { get; } = arguments;

    /// <summary>What was expected and did not hold.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (gate)
                return [.. failures];
        }
    }

    /// <summary>A new scene.</summary>
    public void Scene(string title) => Write($"\n{title}");

    /// <summary>What happens, by itself or by the drill's hand.</summary>
    public void Happens(string text) => Write($"  {Clock}  {text}");

    /// <summary>What an operator sees.</summary>
    public void Sees(string text) => Write($"  {Clock}  the operator sees: {text}");

    /// <summary>What an operator types, as it can be typed again.</summary>
    public void Does(string command) => Write($"  {Clock}  $ {command}");

    /// <summary>What came back, line by line.</summary>
    public void Output(string text)
    {
        foreach (var line in text.TrimEnd().Split('\n'))
            Write($"             {line}");
    }

    /// <summary>What must hold; a failure fails the drill, which goes on all the same to show the rest.</summary>
    /// <returns><paramref name="holds"/>.</returns>
    public bool Expect(bool holds, string what)
    {
        Write($"  {Clock}  {(holds ? "holds" : "FAILS")}: {what}");
        if (!holds)
        {
            lock (gate)
                failures.Add(what);
        }

        return holds;
    }

    /// <summary>Seconds since the drill began.</summary>
    private string Clock => watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(6) + " s";

    private void Write(string line)
    {
        lock (gate)
            output.WriteLine(line);
    }
}

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

/// <summary>What a drill may be told on the command line; null: the drill's own default.</summary>
/// <param name="Temporal">As <c>./run --temporal</c>.</param>
/// <param name="Seed">Fixes inputs and fault plan.</param>
/// <param name="Count">Settlements or cases of a search.</param>
/// <param name="Faults">Planted faults of a search.</param>
/// <param name="Only">One part of the drill only.</param>
public sealed record DrillArguments(string? Temporal = null, int? Seed = null, int? Count = null, int? Faults = null, string? Only = null);
