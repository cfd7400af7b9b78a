namespace Settlement.Drills.Tests.Prove;

/// <summary>One <c>./run</c> that serves while the tests of a class look at its books.</summary>
public sealed class ServingRun : IAsyncLifetime
{
    private LaunchedRun? run;

    internal LaunchedRun Run => run!;

    public async Task InitializeAsync()
    {
        run = new LaunchedRun();
        await run.ServingAsync();
    }

    public async Task DisposeAsync() => await run!.DisposeAsync();
}
