using Settlement.AppHost.Commands;
using Settlement.AppHost.Processes;

try
{
    return await CommandLine.Create().Parse(args).InvokeAsync(CommandLine.Invocation);
}
catch (UserErrorException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
