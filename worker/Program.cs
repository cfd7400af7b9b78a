using Settlement.Hosting;
using Settlement.Worker;
using Settlement.Worker.Commands;

try
{
    if (ArchiveCommand.IsMeant(args))
        return await ArchiveCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
    var app = WorkerHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (ConfigurationFailure.Describe("worker", wrong) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 2;
}
