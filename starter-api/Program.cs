try
{
    await StarterApiHost.Build(args).RunAsync();
    return 0;
}
catch (Exception wrong) when (ConfigurationFailure.Describe("starter-api", wrong) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 2;
}
