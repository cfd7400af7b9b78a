using System.Text.Json;

namespace Settlement.Drills.Simulation;

/// <summary>How a simulation ended.</summary>
/// <param name="Accepted">Requests that the API accepted.</param>
/// <param name="Faults">Faults that were planted.</param>
/// <param name="Duration">From the first request until nothing was open any more.</param>
/// <param name="Audit">The auditor's report.</param>
/// <param name="Breaches">What the proof of the books found.</param>
internal sealed record SimulationResult(int Accepted, int Faults, TimeSpan Duration, JsonElement Audit, IReadOnlyList<string> Breaches)
{
    public int Lost => Number("lost");

    public int Doubled => Number("doubled");

    public int Stranded => Number("stranded");

    public int Wrong => Number("wrong");

    /// <summary>Nothing lost, doubled, stranded or contradictory, and every invariant holds.</summary>
    public bool Holds => Lost + Doubled + Stranded + Wrong == 0 && Breaches.Count == 0;

    /// <summary>The auditor's findings, one sentence each.</summary>
    public IReadOnlyList<string> Findings =>
        [.. Audit.GetProperty("findings").EnumerateArray().Select(f => $"{f.GetProperty("kind").GetString()}: {f.GetProperty("what").GetString()}: {f.GetProperty("evidence").GetString()}")];

    /// <summary>How many settlements stand in each state.</summary>
    public string Ends => string.Join(", ", Audit.GetProperty("ends").EnumerateObject().Select(end => $"{end.Value} {end.Name}"));

    private int Number(string name) => Audit.GetProperty(name).GetInt32();
}
