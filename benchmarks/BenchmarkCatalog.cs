using Settlement.AppHost.Processes;
using Settlement.Benchmarks.Records;
using Settlement.Benchmarks.Rollback;
using Settlement.Benchmarks.Server;
using Settlement.Benchmarks.Settlements;

namespace Settlement.Benchmarks;

/// <summary>Every benchmark by the name that <c>./bench NAME</c> takes.</summary>
internal static class BenchmarkCatalog
{
    private static readonly Dictionary<string, Func<BenchmarkArguments, Task<BenchmarkRecord>>> Benchmarks = new(StringComparer.Ordinal)
    {
        ["rollback"] = RollbackBenchmark.RunAsync,
        ["closed"] = ClosedBenchmark.RunAsync,
        ["open"] = OpenBenchmark.RunAsync,
        ["server"] = ServerBenchmark.RunAsync,
        ["settlements"] = SettlementsBenchmark.RunAsync,
    };

    /// <summary>Runs the named benchmark, or all; the last line of each is its JSON summary.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (names, arguments) = BenchmarkArguments.Parse(args);
        foreach (var name in names.Count == 0 ? Benchmarks.Keys.Order(StringComparer.Ordinal).ToList() : names)
        {
            if (!Benchmarks.TryGetValue(name, out var run))
                throw new UserErrorException($"No benchmark called '{name}'. There are: {string.Join(", ", Benchmarks.Keys.Order(StringComparer.Ordinal))}");
            var record = await run(arguments);
            RecordWriter.Write(record);
            Console.WriteLine(record.SummaryLine());
        }

        return 0;
    }
}
