using Settlement.AppHost.Launch;
using Settlement.TestSupport;

namespace Settlement.EndToEnd.Tests.Operators;

/// <summary>One house for all tests of operators, with its people signed in once: signing in is slow on purpose.</summary>
public sealed class StagedHouse : IAsyncLifetime
{
    private readonly HouseFixture house = new LongSessions();
    private ActStage? stage;

    public SettlementHouse House => house.House;

    internal ActStage Stage => stage ?? throw new InvalidOperationException("The house has not started.");

    public async Task InitializeAsync()
    {
        await house.InitializeAsync();
        stage = await ActStage.OpenAsync(House);
    }

    public async Task DisposeAsync()
    {
        if (stage is not null)
            await stage.DisposeAsync();
        await house.DisposeAsync();
    }

    /// <summary>Access tokens as long as they may be: a busy machine takes its time for all these tests.</summary>
    private sealed class LongSessions : HouseFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Auth__AccessTokenSeconds"] = "3600" };
    }
}
