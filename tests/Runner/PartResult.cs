using System.Xml.Linq;

namespace Settlement.Tests.Runner;

/// <summary>What one test assembly reported, read from its TRX file.</summary>
internal sealed record PartResult(int Passed, IReadOnlyList<TestNote> Failures, IReadOnlyList<TestNote> Skips)
{
    /// <summary>Tests that failed at first and passed when run again alone: counted as passed, with the reason of their first failure.</summary>
    public IReadOnlyList<TestNote> Unstable { get; init; } = [];

    /// <summary>Its process hung, or ended before all of its tests had: the counts say nothing of the rest.</summary>
    public bool IsBroken { get; init; }

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

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

    private static string? Text(XElement result, string element) => result.Descendants(Trx + element).Select(e => e.Value.Trim()).FirstOrDefault();
}
