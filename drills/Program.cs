using Settlement.AppHost.Processes;
using Settlement.Drills;

try
{
    return await CommandLine.Create().Parse(args).InvokeAsync(CommandLine.Invocation);
}
catch (UserErrorException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
