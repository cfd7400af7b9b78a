using Settlement.Hosting;
using Settlement.Worker;

try
{
    var app = WorkerHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (ConfigurationFailure.Describe("worker", wrong) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 2;
}
