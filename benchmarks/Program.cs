using Settlement.AppHost.Processes;
using Settlement.Benchmarks;

try
{
    return await BenchmarkCatalog.RunAsync(args);
}
catch (UserErrorException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
