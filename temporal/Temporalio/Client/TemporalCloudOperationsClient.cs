namespace Temporalio.Client;

/// <summary>A client of Temporal Cloud's operations: accounts, namespaces, users, keys. Thread-safe; share one.</summary>
public class TemporalCloudOperationsClient : ITemporalCloudOperationsClient
{
    private const string VersionHeader = "temporal-cloud-api-version";

    /// <summary>Initializes a new instance of the <see cref="TemporalCloudOperationsClient"/> class.</summary>
    /// <param name="connection">Connection to a server that has the cloud service.</param>
    public TemporalCloudOperationsClient(ITemporalConnection connection) => Connection = connection;

    /// <inheritdoc />
    public ITemporalConnection Connection { get; }

    /// <inheritdoc />
    public CloudService CloudService => Connection.CloudService;

    /// <summary>Connects.</summary>
    /// <param name="options">Options.</param>
    /// <returns>The client.</returns>
    /// <exception cref="InvalidOperationException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public static async Task<TemporalCloudOperationsClient> ConnectAsync(TemporalCloudOperationsClientConnectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(await TemporalConnection.ConnectAsync(WithVersion(options)).ConfigureAwait(false));
    }

    /// <summary>Makes a client that connects at its first call.</summary>
    /// <param name="options">Options.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    public static TemporalCloudOperationsClient CreateLazy(TemporalCloudOperationsClientConnectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(TemporalConnection.CreateLazy(WithVersion(options)));
    }

    // Metadata of the same name that the caller gave itself wins.
    private static TemporalCloudOperationsClientConnectOptions WithVersion(TemporalCloudOperationsClientConnectOptions options)
    {
        if (options.Version is not { } version) return options;
        var copy = (TemporalCloudOperationsClientConnectOptions)options.Clone();
        var metadata = new Dictionary<string, string> { [VersionHeader] = version };
        foreach (var (name, value) in options.RpcMetadata ?? [])
        {
            metadata[name] = value;
        }
        copy.RpcMetadata = metadata;
        return copy;
    }
}
