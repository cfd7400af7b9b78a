using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Settlement.AppHost.Processes;

namespace Settlement.Benchmarks;

/// <summary>What a benchmark may be told on the command line.</summary>
/// <param name="Rounds">Alternating rounds of ours and the peer.</param>
/// <param name="Count">Units of work in a round of ours, or null for the benchmark's own number.</param>
/// <param name="Temporal">As <c>./run --temporal</c>.</param>
internal sealed record BenchmarkArguments(int Rounds, int? Count, string? Temporal)
{
    public const int DefaultRounds = 5;
}

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

/// <summary>One alternating round: ours, then the peer, under the same conditions.</summary>
internal sealed record BenchmarkRound(double Ours, double Peer);

/// <summary>Order statistics of a sample.</summary>
internal static class Percentiles
{
    /// <summary>The value at quantile <paramref name="q"/> (0 to 1), nearest rank; the sample must not be empty.</summary>
    public static double At(IReadOnlyList<double> sample, double q)
    {
        var sorted = sample.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(q * sorted.Length))];
    }

    public static double Median(IReadOnlyList<double> sample)
    {
        var sorted = sample.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

/// <summary>Writes a record as JSON and as a picture (SVG) to benchmarks/results.</summary>
internal static class RecordWriter
{
    private const int Width = 640;
    private const int BarHeight = 18;
    private const int Gap = 6;
    private const int Left = 110;

    public static void Write(BenchmarkRecord record)
    {
        var folder = Path.Combine(RepositoryRoot.Folder, "benchmarks", "results");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, record.Name + ".json"), JsonSerializer.Serialize(record, BenchmarkRecord.Indented) + "\n");
        File.WriteAllText(Path.Combine(folder, record.Name + ".svg"), Picture(record));
    }

    private static string Picture(BenchmarkRecord record)
    {
        var bars = record.Rounds.SelectMany((r, i) => new[] { (Label: $"round {i + 1} ours", Value: r.Ours, Fill: "#2563eb"), (Label: "peer", Value: r.Peer, Fill: "#9ca3af") }).ToList();
        var longest = Math.Max(bars.Max(b => b.Value), double.Epsilon);
        var height = 60 + (bars.Count * (BarHeight + Gap));
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n"));
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        svg.Append(Text($"<text x=\"10\" y=\"24\" font-size=\"15\">{record.Name}: {record.Unit}, median ratio {record.Ratio:0.00}</text>\n"));
        var y = 44;
        foreach (var (label, value, fill) in bars)
        {
            var length = (Width - Left - 90) * value / longest;
            svg.Append(Text($"<text x=\"{Left - 8}\" y=\"{y + 13}\" text-anchor=\"end\">{label}</text><rect x=\"{Left}\" y=\"{y}\" width=\"{length:0.#}\" height=\"{BarHeight}\" fill=\"{fill}\"/><text x=\"{Left + length + 6:0.#}\" y=\"{y + 13}\">{value:0.##}</text>\n"));
            y += BarHeight + Gap;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
