using System.Text.Json;

namespace Settlement.Tests.Runner;

/// <summary>What the last <c>./test</c> of this checkout left: its counts, and what failed, for <c>./test --failed</c>.</summary>
internal sealed record RunRecord
{
    /// <summary>More failures than this are no accident of a busy machine: they get no second run.</summary>
    public const int MostToRunAgain = 5;

    public int Passed { get; init; }

    public int Skipped { get; init; }

    /// <summary>Failed tests by part; a part whose process broke stands with no test: it is run whole.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Failed { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public int FailedCount => Failed.Values.Sum(tests => Math.Max(1, tests.Count));

    private static string File(string root) => Path.Combine(root, ".run", "failed-tests.json");

    /// <summary>Reads it; null when no run has left one.</summary>
    public static RunRecord? Read(string root) =>
        System.IO.File.Exists(File(root)) ? JsonSerializer.Deserialize<RunRecord>(System.IO.File.ReadAllText(File(root))) : null;

    public void Write(string root)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(root))!);
        System.IO.File.WriteAllText(File(root), JsonSerializer.Serialize(this));
    }

    /// <summary>Forgets the run before: one that ends early must not leave the failures of another.</summary>
    public static void Forget(string root) => System.IO.File.Delete(File(root));
}
