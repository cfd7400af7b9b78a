using System.CommandLine;
using System.CommandLine.Invocation;

namespace Settlement.AppHost.Processes;

/// <summary>Something the user can mend: printed as one line, without a stack trace, and the program ends with exit code 2.</summary>
public sealed class UserErrorException(string message) : Exception(message);

/// <summary>How the programs behind <c>./run</c>, <c>./test</c>, <c>./bench</c>, <c>./drill</c> and <c>./prove</c> read their arguments and end.</summary>
public static class CommandLineProgram
{
    private const int Stopped = 1;
    private const int UserError = 2;

    /// <summary>Ctrl-C leaves time to stop every process that was started.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    /// <summary>Gives a command the name that users type, such as <c>./run</c>, and what it does.</summary>
    /// <param name="command">With its arguments and options.</param>
    /// <param name="name">For its help.</param>
    /// <param name="run">Does it; the answer is the exit code. The token is Ctrl-C.</param>
    public static RootCommand Runs(this RootCommand command, string name, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.HelpName = name;
        command.SetAction((parsed, cancellationToken) => EndAsync(() => run(parsed, cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>An option that takes a whole number.</summary>
    public static Option<int?> Number(string name, string description, int least = 0)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var value) || value < least))
                result.AddError($"{name} takes a whole number from {least}, not '{token.Value}'.");
        });
        return option;
    }

    /// <returns>The command's own exit code; 2 if the arguments are none of its, or the user can mend what went wrong.</returns>
    public static async Task<int> RunAsync(RootCommand command, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(command);
        var parsed = command.Parse(arguments);
        if (parsed.Action is ParseErrorAction wrong)
            wrong.ShowHelp = false;
        var exit = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopLimit });
        return parsed.Action is ParseErrorAction ? UserError : exit;
    }

    private static async Task<int> EndAsync(Func<Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (UserErrorException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return UserError;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
            return Stopped;
        }
    }
}
