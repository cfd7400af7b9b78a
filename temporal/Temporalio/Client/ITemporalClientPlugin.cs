namespace Temporalio.Client;

/// <summary>Something that configures clients and takes part in connecting them.</summary>
public interface ITemporalClientPlugin
{
    /// <summary>Name of the plugin.</summary>
    string Name { get; }

    /// <summary>Changes the options before the client is made of them.</summary>
    /// <param name="options">Options to change.</param>
    void ConfigureClient(TemporalClientOptions options);

    /// <summary>Connects.</summary>
    /// <param name="options">Options, which may be changed.</param>
    /// <param name="continuation">The rest of the connecting, to be called once.</param>
    /// <returns>The connection.</returns>
    Task<TemporalConnection> ConnectAsync(
        TemporalClientConnectOptions options,
        Func<TemporalClientConnectOptions, Task<TemporalConnection>> continuation);
}
