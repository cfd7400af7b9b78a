using System.CommandLine;
using Settlement.AppHost.Processes;
using Settlement.Benchmarks;

var benchmarks = new SortedDictionary<string, Func<BenchmarkArguments, CancellationToken, Task<BenchmarkRecord>>>(StringComparer.Ordinal)
{
    ["rollback"] = RollbackBenchmark.RunAsync,
    ["server"] = ServerBenchmark.RunAsync,
    ["settlements"] = SettlementsBenchmark.RunAsync,
};
var names = new Argument<string[]>("NAME") { Description = "What to measure; without one, everything.", Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. benchmarks.Keys]);
var rounds = CommandLineProgram.Number("--rounds", "Alternating rounds of ours and the peer. Default: 5.", least: 1);
var count = CommandLineProgram.Number("--count", "Units of work in a round of ours. Default: the benchmark's own number.", least: 1);
var temporal = new Option<string?>("--temporal") { HelpName = "embedded|cli|HOST:PORT", Description = "Which Temporal server, as with ./run." };
var command = new RootCommand("Runs one measurement beside its peer, or all of them. The last line of each is JSON.") { names, rounds, count, temporal };
command.Runs("./bench", async (parsed, cancellationToken) =>
{
    var arguments = new BenchmarkArguments(parsed.GetValue(rounds) ?? BenchmarkArguments.DefaultRounds, parsed.GetValue(count), parsed.GetValue(temporal));
    foreach (var name in parsed.GetValue(names) is { Length: > 0 } named ? named : [.. benchmarks.Keys])
    {
        var record = await benchmarks[name](arguments, cancellationToken);
        RecordWriter.Write(record);
        Console.WriteLine(record.SummaryLine());
    }

    return 0;
});
return await CommandLineProgram.RunAsync(command, args);
