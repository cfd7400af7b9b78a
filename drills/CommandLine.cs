using System.CommandLine;
using Settlement.Drills.Frame;
using Settlement.Drills.Prove;

namespace Settlement.Drills;

/// <summary>What <c>./drill</c> and <c>./prove</c> pass their arguments on to.</summary>
internal static class CommandLine
{
    /// <summary>Errors reach Program, which prints what a user can mend as one line; Ctrl-C leaves time to stop every process.</summary>
    public static InvocationConfiguration Invocation { get; } = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };

    public static RootCommand Create() => new("Drills and proof of Settlement Workflows") { Drill(), Prove() };

    private static Command Drill()
    {
        var name = new Argument<string?>("NAME") { Description = "Which drill; without one, all are listed.", Arity = ArgumentArity.ZeroOrOne };
        var temporal = new Option<string?>("--temporal") { Description = "embedded, cli, or HOST:PORT of a server, as with ./run." };
        var seed = new Option<int?>("--seed") { Description = "Fixes inputs and fault plan of a search. Default: from the clock, printed." };
        var count = new Option<int?>("--count") { Description = "How many settlements, or cases, a search runs." };
        var faults = new Option<int?>("--faults") { Description = "How many faults a search plants." };
        var only = new Option<string?>("--only") { Description = "One part of the drill only (planted-bugs: one bug)." };
        foreach (var number in new[] { seed, count, faults })
            number.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < 0))
                    result.AddError($"{result.Option.Name} takes a number that is not negative, not '{result.Tokens[0].Value}'.");
            });
        var command = new Command("drill", "Runs one failure drill or long search on private copies of everything.") { name, temporal, seed, count, faults, only };
        command.SetAction((parsed, cancellationToken) => DrillCommand.RunAsync(
            parsed.GetValue(name),
            new DrillArguments(parsed.GetValue(temporal), parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(faults), parsed.GetValue(only)),
            cancellationToken));
        return command;
    }

    private static Command Prove()
    {
        var state = new Option<string?>("--state") { Description = "Folder of the run to prove. Default: the newest one below .run/." };
        var command = new Command("prove", "Recomputes the books from their entries and checks every invariant; exit code 1 with the evidence on any breach.") { state };
        command.SetAction((parsed, cancellationToken) => new ProveCommand(parsed.GetValue(state), Console.Out).ExecuteAsync(cancellationToken));
        return command;
    }
}
