using Settlement.AppHost.Launch;
using Settlement.AppHost.Temporal;
using Xunit;

namespace Settlement.TestSupport;

/// <summary>
/// A whole house for one test class: PostgreSQL, a Temporal server, bank, worker and API as real processes on free ports, with all state in a
/// folder of its own that is gone afterwards. Where there is no Temporal server the tests that ask for it are skipped, by name.
/// </summary>
public class HouseFixture : IAsyncLifetime
{
    private SettlementHouse? house;
    private StateFolder? state;

    /// <summary>The running house; skips the test where no Temporal server is at hand.</summary>
    public SettlementHouse House
    {
        get
        {
            Skip.If(house is null, Oracles.MissingReason);
            return house!;
        }
    }

    /// <summary>Settings added to worker and API.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>Whether the Temporal server keeps its state in a file.</summary>
    protected virtual bool DurableTemporal => false;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (Oracles.TemporalCli is not { } executable)
            return;
        state = StateFolder.At(Directory.CreateTempSubdirectory("settlement-house-").FullName);
        var options = new HouseOptions
        {
            State = state,
            Temporal = TemporalChoice.CommandLine(executable, "test"),
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
