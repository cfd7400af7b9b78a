using Settlement.AppHost.Launch;
using Settlement.TestSupport;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>One environment for all tests of operators, whose people sign in once: signing in is slow on purpose.</summary>
public sealed class StagedEnvironment : IAsyncLifetime
{
    private readonly EnvironmentFixture environment = new();
    private ActionStage? stage;

    public SettlementEnvironment Environment => environment.Environment;

    internal ActionStage Stage => stage ?? throw new InvalidOperationException("The environment has not started.");

    public async ValueTask InitializeAsync()
    {
        await environment.InitializeAsync();
        stage = await ActionStage.OpenAsync(Environment);
    }

    public async ValueTask DisposeAsync()
    {
        if (stage is not null)
            await stage.DisposeAsync();
        await environment.DisposeAsync();
    }
}

/// <summary>Tests of operators' actions share one environment; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OperatorsCollection : ICollectionFixture<StagedEnvironment>
{
    public const string Name = "operators";
}
