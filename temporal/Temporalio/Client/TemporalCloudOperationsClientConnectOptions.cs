namespace Temporalio.Client;

/// <summary>Options of a <see cref="TemporalCloudOperationsClient"/>: those of any connection, with Temporal Cloud's address and TLS set.</summary>
public class TemporalCloudOperationsClientConnectOptions : TemporalConnectionOptions
{
    /// <summary>Initializes a new instance of the <see cref="TemporalCloudOperationsClientConnectOptions"/> class.</summary>
    public TemporalCloudOperationsClientConnectOptions()
    {
        TargetHost = "saas-api.tmprl.cloud:443";
        Tls = new();
    }

    /// <summary>Initializes a new instance of the <see cref="TemporalCloudOperationsClientConnectOptions"/> class.</summary>
    /// <param name="apiKey">API key.</param>
    public TemporalCloudOperationsClientConnectOptions(string apiKey)
        : this() => ApiKey = apiKey;

    /// <summary>
    /// Gets or sets the version of the API that the caller was written for. It becomes metadata of the connection, so who replaces
    /// <see cref="ITemporalConnection.RpcMetadata"/> later has to keep it.
    /// </summary>
    public string? Version { get; set; }
}
