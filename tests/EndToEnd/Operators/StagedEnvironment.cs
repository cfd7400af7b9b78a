using Settlement.AppHost.Launch;
using Settlement.TestSupport;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>One environment for all tests of operators, with its people signed in once: signing in is slow on purpose.</summary>
public sealed class StagedEnvironment : IAsyncLifetime
{
    private readonly EnvironmentFixture environment = new LongSessions();
    private ActionStage? stage;

    public SettlementEnvironment Environment => environment.Environment;

    internal ActionStage Stage => stage ?? throw new InvalidOperationException("The environment has not started.");

    public async Task InitializeAsync()
    {
        await environment.InitializeAsync();
        stage = await ActionStage.OpenAsync(Environment);
    }

    public async Task DisposeAsync()
    {
        if (stage is not null)
            await stage.DisposeAsync();
        await environment.DisposeAsync();
    }

    /// <summary>Access tokens as long as they may be: a busy machine takes its time for all these tests.</summary>
    private sealed class LongSessions : EnvironmentFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Auth__AccessTokenSeconds"] = "3600" };
    }
}
