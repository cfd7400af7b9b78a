using System.Globalization;
using Settlement.AppHost.Processes;

namespace Settlement.Benchmarks;

/// <summary>What a benchmark may be told on the command line.</summary>
/// <param name="Rounds">Alternating rounds of ours and the peer.</param>
/// <param name="Count">Units of work in a round of ours, or null for the benchmark's own number.</param>
/// <param name="Temporal">As ./run --temporal.</param>
internal sealed record BenchmarkArguments(int Rounds, int? Count, string? Temporal)
{
    private const int DefaultRounds = 5;

    /// <summary>Reads <c>[NAME…] [--rounds N] [--count N] [--temporal X]</c>.</summary>
    /// <exception cref="UserErrorException">An option is unknown or its value is not a positive number.</exception>
    public static (IReadOnlyList<string> Names, BenchmarkArguments Arguments) Parse(string[] args)
    {
        var names = new List<string>();
        var result = new BenchmarkArguments(DefaultRounds, null, null);
        for (var i = 0; i < args.Length; i++)
        {
            result = args[i] switch
            {
                "--rounds" => result with { Rounds = Number(args, ++i) },
                "--count" => result with { Count = Number(args, ++i) },
                "--temporal" => result with { Temporal = Value(args, ++i) },
                _ when args[i].StartsWith('-') => throw new UserErrorException($"Unknown option {args[i]}. Usage: ./bench [NAME…] [--rounds N] [--count N] [--temporal cli|HOST:PORT]"),
                _ => Named(names, args[i], result),
            };
        }

        return (names, result);
    }

    private static BenchmarkArguments Named(List<string> names, string name, BenchmarkArguments arguments)
    {
        names.Add(name);
        return arguments;
    }

    private static string Value(string[] args, int at) => at < args.Length ? args[at] : throw new UserErrorException($"{args[at - 1]} needs a value.");

    private static int Number(string[] args, int at) =>
        int.TryParse(Value(args, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new UserErrorException($"{args[at - 1]} needs a positive number, not '{args[at]}'.");
}
