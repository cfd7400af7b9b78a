using System.Text.Json;
using System.Text.Json.Serialization;

namespace Settlement.Benchmarks.Records;

/// <summary>The full record of one benchmark run, as written to benchmarks/results/NAME.json.</summary>
/// <param name="Name">The benchmark.</param>
/// <param name="Ours">Our median, in <paramref name="Unit"/>.</param>
/// <param name="Peer">The peer's median, in the same unit.</param>
/// <param name="Ratio">Ours against the peer's; above 1 ours is better.</param>
/// <param name="Unit">Unit of both figures.</param>
/// <param name="Conditions">What was measured, where, and beside what.</param>
/// <param name="Rounds">Each round's figures.</param>
/// <param name="Details">Everything else worth keeping: latencies, CPU per process, further peers.</param>
internal sealed record BenchmarkRecord(
    string Name,
    double Ours,
    double Peer,
    double Ratio,
    string Unit,
    string Conditions,
    IReadOnlyList<BenchmarkRound> Rounds,
    IReadOnlyDictionary<string, object> Details)
{
    private static readonly JsonSerializerOptions Compact = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>For the file: readable.</summary>
    [JsonIgnore]
    public static JsonSerializerOptions Indented { get; } = new(Compact) { WriteIndented = true };

    /// <summary>The peer's CPU per unit against ours, where it was measured for both; above 1 ours is better.</summary>
    public double? CpuRatio { get; init; }

    /// <summary>One line of JSON with the names that ARCHITECTURE.md promises.</summary>
    public string SummaryLine() => JsonSerializer.Serialize(new { Name, Ours, Peer, Ratio, CpuRatio, Unit, Conditions }, Compact);
}
