namespace Settlement.Tests.Runner;

/// <summary>What all test assemblies of one run share, so that each need not start its own: passed to them by environment variables.</summary>
internal sealed class SharedServices : IAsyncDisposable
{
    private SharedServices(IReadOnlyDictionary<string, string> environment) => Environment = environment;

    /// <summary>Variables for the test processes.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public static Task<SharedServices> StartAsync() => Task.FromResult(new SharedServices(new Dictionary<string, string>()));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
