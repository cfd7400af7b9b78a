using Settlement.AppHost.Launch;
using Settlement.AppHost.Temporal;
using Xunit;

namespace Settlement.TestSupport;

/// <summary>
/// A whole environment for one test class: PostgreSQL, a Temporal server, bank, worker and API as real processes on free ports, with all state in a
/// folder of its own that is gone afterwards.
/// </summary>
public class EnvironmentFixture : IAsyncLifetime
{
    private SettlementEnvironment? environment;
    private StateFolder? state;

    /// <summary>The running environment.</summary>
    public SettlementEnvironment Environment => environment ?? throw new InvalidOperationException("The environment has not started.");

    /// <summary>Settings added to worker and API.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>Whether the Temporal server keeps its state in PostgreSQL.</summary>
    protected virtual bool DurableTemporal => false;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        state = StateFolder.At(Directory.CreateTempSubdirectory("settlement-environment-").FullName);
        var options = new EnvironmentOptions
        {
            State = state,
            Temporal = TemporalChoice.Embedded,
            DocumentedPorts = false,
            WebUi = false,
            DurableTemporal = DurableTemporal,
            Settings = Settings,
        };
        environment = await SettlementEnvironment.StartAsync(options, _ => { }, CancellationToken.None);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (environment is not null)
            await environment.DisposeAsync();
        if (state is not null)
            Directory.Delete(state.Path, recursive: true);
    }
}
