using System.Text;
using Temporalio.Conformance.Tests.OfficialTypeScript;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>
/// The part of temporal/COMPATIBILITY.md that the suite itself writes: each behaviour in each column, what a column lacks by name with its
/// reason. <c>SETTLEMENT_WRITE_COMPATIBILITY=1</c> writes it; every other run holds the page against what it sees.
/// </summary>
internal static class CompatibilityTable
{
    /// <summary>What stands where a behaviour holds.</summary>
    public const string Holds = "yes";

    /// <summary>What stands where a behaviour is not part of a column.</summary>
    public const string NotRun = "";

    private const string Begin = "<!-- Written by the conformance suite. -->";
    private const string End = "<!-- End of what the conformance suite writes. -->";

    private static readonly string[] SdkColumns = [RealConformanceServer.Name, DevConformanceServer.Name, PostgresDevConformanceServer.Name];
    private static readonly string[] TypeScriptColumns = [On(RealConformanceServer.Name), On(DevConformanceServer.Name)];

    /// <summary>The page.</summary>
    public static string File => Path.Combine(Repository.Root, "temporal", "COMPATIBILITY.md");

    /// <summary>All rows: title of the table, columns, and for each behaviour what this run has seen (null: it did not run).</summary>
    public static IReadOnlyList<(BehaviourKey Key, IReadOnlyList<(string Column, string? Seen)> Cells)> Rows { get; } =
    [
        .. SuiteCatalogue.All.Select(key => Row(key, SdkColumns)),
        .. TypeScriptSdk.Behaviours.Select(name => Row(new BehaviourKey("TypeScript", name), TypeScriptColumns)),
    ];

    /// <summary>The cells of the page as it is, by behaviour and column.</summary>
    public static IReadOnlyDictionary<(string Behaviour, string Column), string> Read(string page)
    {
        var cells = new Dictionary<(string, string), string>();
        string[] columns = [];
        var area = string.Empty;
        foreach (var line in Section(page).Split('\n').Where(l => l.StartsWith('|')))
        {
            var parts = line.Trim('|').Split('|').Select(p => p.Trim()).ToArray();
            if (parts[0] == "Area")
            {
                columns = parts[2..];
            }
            else if (parts[0] == "Behaviour")
            {
                // The list of differences has no cells of the suite.
                break;
            }
            else if (!parts[0].StartsWith("---", StringComparison.Ordinal))
            {
                area = parts[0].Length > 0 ? parts[0] : area;
                var behaviour = $"{area}.{parts[1].Trim('`').Replace("&#124;", "|", StringComparison.Ordinal)}";
                for (var i = 0; i < columns.Length; i++)
                {
                    cells[(behaviour, columns[i])] = parts[2 + i];
                }
            }
        }
        return cells;
    }

    /// <summary>The page with its tables written anew from what this run has seen; what it has not run stays as it was.</summary>
    public static string Write(string page)
    {
        var before = Read(page);
        var text = new StringBuilder(Begin).Append("\n\n### Through our .NET SDK, raw calls, and the `temporal` command line (area CommandLine)\n\n");
        Append(text, SdkColumns, Rows.Where(r => r.Key.Area != "TypeScript"), before);
        text.Append("\n### Through the official TypeScript SDK (client, worker, schedules), installed from npm\n\n");
        Append(text, TypeScriptColumns, Rows.Where(r => r.Key.Area == "TypeScript"), before);
        text.Append("\n### Where an answer or an event of `temporal-dev` differs from the real server's\n\n");
        text.Append(KnownDifferences.All.Count == 0 ? "In no behaviour of the suite.\n" : "| Behaviour | What differs |\n|---|---|\n");
        foreach (var (behaviour, what) in KnownDifferences.All.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            text.Append("| `").Append(behaviour).Append("` | ").Append(what).Append(" |\n");
        }
        text.Append('\n').Append(End);
        var (start, end) = Bounds(page);
        return page[..start] + text + page[end..];
    }

    private static string On(string server) => TypeScriptSdk.ColumnOn(server);

    private static (BehaviourKey Key, IReadOnlyList<(string Column, string? Seen)> Cells) Row(BehaviourKey key, string[] columns) =>
        (key, [.. columns.Select(c => (c, Seen(c, key)))]);

    private static string? Seen(string column, BehaviourKey key) => SuiteLedger.First(column, key) switch
    {
        null => null,
        { Passed: true } => Holds,
        _ => $"lacks: {KnownGaps.Of(column, key) ?? "it failed"}",
    };

    private static void Append(
        StringBuilder text,
        string[] columns,
        IEnumerable<(BehaviourKey Key, IReadOnlyList<(string Column, string? Seen)> Cells)> rows,
        IReadOnlyDictionary<(string Behaviour, string Column), string> before)
    {
        text.Append("| Area | Behaviour | ").AppendJoin(" | ", columns).Append(" |\n|---|---|").Append(string.Concat(Enumerable.Repeat("---|", columns.Length))).Append('\n');
        var area = string.Empty;
        foreach (var (key, cells) in rows)
        {
            var shown = cells.Select(c => c.Seen ?? before.GetValueOrDefault((key.ToString(), c.Column), NotRun));
            text.Append("| ").Append(key.Area == area ? string.Empty : key.Area).Append(" | `").Append(key.Test.Replace("|", "&#124;", StringComparison.Ordinal)).Append("` | ").AppendJoin(" | ", shown).Append(" |\n");
            area = key.Area;
        }
    }

    private static string Section(string page)
    {
        var (start, end) = Bounds(page);
        return page[start..end];
    }

    private static (int Start, int End) Bounds(string page)
    {
        var start = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return start >= 0 && end > start ? (start, end + End.Length) : throw new InvalidOperationException($"{File} has no place for the suite's tables");
    }
}
