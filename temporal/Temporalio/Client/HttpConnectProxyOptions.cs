namespace Temporalio.Client;

/// <summary>An HTTP proxy to tunnel through with CONNECT.</summary>
public class HttpConnectProxyOptions : ICloneable
{
    /// <summary>Initializes a new instance of the <see cref="HttpConnectProxyOptions"/> class.</summary>
    public HttpConnectProxyOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="HttpConnectProxyOptions"/> class.</summary>
    /// <param name="targetHost">The proxy as <c>host:port</c>.</param>
    public HttpConnectProxyOptions(string targetHost) => TargetHost = targetHost;

    /// <summary>Gets or sets the proxy as <c>host:port</c>.</summary>
    public string? TargetHost { get; set; }

    /// <summary>Gets or sets user and password for basic authentication at the proxy.</summary>
    public (string Username, string Password)? BasicAuth { get; set; }

    /// <summary>Makes a copy.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
