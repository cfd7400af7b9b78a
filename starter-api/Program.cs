using Settlement.Hosting;
using Settlement.StarterApi.Hosting;

try
{
    var app = StarterApiHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (ConfigurationFailure.Describe("starter-api", wrong) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 2;
}

/// <summary>The entry point; named for tests that host the API in process.</summary>
public partial class Program
{
    private Program()
    {
    }
}
