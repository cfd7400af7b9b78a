using System.Globalization;
using System.Text;
using System.Text.Json;
using Settlement.AppHost.Processes;

namespace Settlement.Benchmarks.Records;

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
