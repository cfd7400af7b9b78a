using Settlement.AppHost.Launch;
using Settlement.AppHost.Temporal;
using Xunit;

namespace Settlement.TestSupport;

/// <summary>
/// A whole house for one test class: PostgreSQL, a Temporal server, bank, worker and API as real processes on free ports, with all state in a
/// folder of its own that is gone afterwards.
/// </summary>
public class HouseFixture : IAsyncLifetime
{
    private SettlementHouse? house;
    private StateFolder? state;

    /// <summary>The running house.</summary>
    public SettlementHouse House => house ?? throw new InvalidOperationException("The house has not started.");

    /// <summary>Settings added to worker and API.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>Whether the Temporal server keeps its state in PostgreSQL.</summary>
    protected virtual bool DurableTemporal => false;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        state = StateFolder.At(Directory.CreateTempSubdirectory("settlement-house-").FullName);
        var options = new HouseOptions
        {
            State = state,
            Temporal = TemporalChoice.Embedded,
            DocumentedPorts = false,
            WebUi = false,
            DurableTemporal = DurableTemporal,
            Settings = Settings,
        };
        house = await SettlementHouse.StartAsync(options, _ => { }, CancellationToken.None);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (house is not null)
            await house.DisposeAsync();
        if (state is not null)
            Directory.Delete(state.Path, recursive: true);
    }
}
