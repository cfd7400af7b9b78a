using Temporalio.Runtime;

namespace Temporalio.Client;

/// <summary>Options of <see cref="TemporalConnection.ConnectAsync(TemporalConnectionOptions)"/>; <see cref="TargetHost"/> is required.</summary>
public class TemporalConnectionOptions : ICloneable
{
    private TlsOptions? tls;

    /// <summary>Initializes a new instance of the <see cref="TemporalConnectionOptions"/> class.</summary>
    public TemporalConnectionOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TemporalConnectionOptions"/> class.</summary>
    /// <param name="targetHost">The server as <c>host:port</c>.</param>
    public TemporalConnectionOptions(string targetHost) => TargetHost = targetHost;

    /// <summary>Gets or sets the server as <c>host:port</c>, without a scheme.</summary>
    public string? TargetHost { get; set; }

    /// <summary>
    /// Gets or sets TLS settings. Unset means no TLS, unless an <see cref="ApiKey"/> is set, which is never sent in the clear by
    /// default; set to null, there is no TLS even then.
    /// </summary>
    public TlsOptions? Tls
    {
        get => tls;
        set => (tls, IsTlsSet) = (value, true);
    }

    /// <summary>Gets or sets how failed calls are repeated, where they are.</summary>
    public RpcRetryOptions? RpcRetry { get; set; }

    /// <summary>Gets or sets HTTP/2 pings; null for none.</summary>
    public KeepAliveOptions? KeepAlive { get; set; } = new();

    /// <summary>Gets or sets an HTTP proxy to tunnel through.</summary>
    public HttpConnectProxyOptions? HttpConnectProxy { get; set; }

    /// <summary>Gets or sets compression on the wire. Small requests, and any to the same machine, are sent plain all the same.</summary>
    public GrpcCompression GrpcCompression { get; set; } = new GrpcCompression.Gzip();

    /// <summary>Gets or sets text metadata for all calls; later changes go through <see cref="ITemporalConnection.RpcMetadata"/>.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? RpcMetadata { get; set; }

    /// <summary>Gets or sets binary metadata for all calls; later changes go through <see cref="ITemporalConnection.RpcBinaryMetadata"/>.</summary>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>>? RpcBinaryMetadata { get; set; }

    /// <summary>Gets or sets the API key; later changes go through <see cref="ITemporalConnection.ApiKey"/>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets who the caller says it is. Unset becomes <c>pid@hostname</c> when the options are used.</summary>
    public string? Identity { get; set; }

    /// <summary>Gets or sets the runtime; unset means <see cref="TemporalRuntime.Default"/>.</summary>
    public TemporalRuntime? Runtime { get; set; }

    /// <summary>Gets a value indicating whether <see cref="Tls"/> was set, be it to null.</summary>
    internal bool IsTlsSet { get; private set; }

    /// <summary>Makes a copy, nested options included; metadata and runtime are shared.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone()
    {
        var copy = (TemporalConnectionOptions)MemberwiseClone();
        copy.tls = (TlsOptions?)tls?.Clone();
        copy.RpcRetry = (RpcRetryOptions?)RpcRetry?.Clone();
        copy.KeepAlive = (KeepAliveOptions?)KeepAlive?.Clone();
        copy.HttpConnectProxy = (HttpConnectProxyOptions?)HttpConnectProxy?.Clone();
        return copy;
    }
}
