using System.Xml.Linq;

namespace Settlement.Tests.Runner;

/// <summary>A test that did not pass, with the reason it gave.</summary>
internal sealed record TestNote(string Test, string Reason);

/// <summary>What one test assembly reported, read from its TRX file.</summary>
internal sealed record PartResult(int Passed, IReadOnlyList<TestNote> Failures, IReadOnlyList<TestNote> Skips)
{
    /// <summary>Begins the reason of a test that did not find what judges it (<see cref="Judged"/>).</summary>
    private const string OraclePrefix = "oracle:";

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Its process hung, or ended before all of its tests had: the counts say nothing of the rest.</summary>
    public bool IsBroken { get; init; }

    /// <summary>A run that broke before it could report: counted as one failure, never as none.</summary>
    public static PartResult Broken(string part, string why) => new(0, [new TestNote(part, why)], []) { IsBroken = true };

    /// <summary>Reads the counts from the results themselves, not from the summary, so that the sum is true to the runs.</summary>
    public static PartResult Read(string trxFile)
    {
        var passed = 0;
        var failures = new List<TestNote>();
        var skips = new List<TestNote>();
        foreach (var result in XDocument.Load(trxFile).Descendants(Trx + "UnitTestResult"))
        {
            var name = (string?)result.Attribute("testName") ?? "(unnamed)";
            switch ((string?)result.Attribute("outcome"))
            {
                case "Passed":
                    passed++;
                    break;
                case "NotExecuted":
                    skips.Add(new TestNote(name, Text(result, "Message") ?? Text(result, "StdOut") ?? "no reason given"));
                    break;
                default:
                    failures.Add(new TestNote(name, $"{Text(result, "Message")}\n{Text(result, "StackTrace")}\n{Text(result, "StdOut")}".Trim()));
                    break;
            }
        }

        return new PartResult(passed, failures, skips);
    }

    /// <summary>The gate's stricter reading: where the judges are at hand, a test that was skipped because it did not find its own has hidden a fault.</summary>
    /// <param name="judgesAreHere">Whether <c>../shared</c> exists, in the gate.</param>
    public PartResult Judged(bool judgesAreHere)
    {
        if (!judgesAreHere)
            return this;
        var hidden = Skips.Where(s => s.Reason.StartsWith(OraclePrefix, StringComparison.Ordinal)).ToList();
        return this with
        {
            Failures = [.. Failures, .. hidden.Select(s => s with { Reason = $"skipped in the gate although ../shared is here: {s.Reason}" })],
            Skips = [.. Skips.Except(hidden)],
        };
    }

    private static string? Text(XElement result, string element) => result.Descendants(Trx + element).Select(e => e.Value.Trim()).FirstOrDefault();
}
