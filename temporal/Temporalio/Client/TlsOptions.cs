namespace Temporalio.Client;

/// <summary>TLS settings of a connection; all certificates and keys are PEM.</summary>
public class TlsOptions : ICloneable
{
    /// <summary>Gets or sets the root certificates to trust instead of the system's.</summary>
    public byte[]? ServerRootCACert { get; set; }

    /// <summary>Gets or sets the server name for SNI and for the check of the server's certificate.</summary>
    public string? Domain { get; set; }

    /// <summary>Gets or sets the client certificate (chain) for mTLS; needs <see cref="ClientPrivateKey"/>.</summary>
    public byte[]? ClientCert { get; set; }

    /// <summary>Gets or sets the private key of <see cref="ClientCert"/>.</summary>
    public byte[]? ClientPrivateKey { get; set; }

    /// <summary>Gets or sets a value indicating whether TLS is off even where an API key would switch it on.</summary>
    public bool Disabled { get; set; }

    /// <summary>Makes a shallow copy; byte arrays are shared.</summary>
    /// <returns>The copy.</returns>
    public virtual object Clone() => MemberwiseClone();
}
