using System.CommandLine;

namespace Settlement.AppHost.Commands;

/// <summary>The launcher's commands. ./run and ./prove pass their arguments on to it.</summary>
internal static class CommandLine
{
    /// <summary>Errors reach Program, which prints what a user can mend as one line; Ctrl-C leaves time to stop every process.</summary>
    public static InvocationConfiguration Invocation { get; } = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };

    public static RootCommand Create() => new("Settlement Workflows on one machine") { Run() };

    private static Command Run()
    {
        var once = new Option<bool>("--once") { Description = "End after the samples; exit code 0 only if every sample ended as its file says and the books prove out." };
        var temporal = new Option<string?>("--temporal") { Description = "embedded, cli, or HOST:PORT of a server. Default: TEMPORAL_ADDRESS, TEMPORAL_CLI, else embedded." };
        var samples = new Option<string?>("--samples") { Description = "Folder of samples to settle. Default: samples/." };
        var state = new Option<string?>("--state") { Description = "Folder of an earlier run to go on with. Default: a new one below .run/." };
        var command = new Command("run", "Sets everything up, settles the samples, proves the books, and keeps serving.") { once, temporal, samples, state };
        command.SetAction((parsed, cancellationToken) => new RunCommand(
            parsed.GetValue(once), parsed.GetValue(temporal), parsed.GetValue(samples), parsed.GetValue(state)).ExecuteAsync(cancellationToken));
        return command;
    }
}
