using System.Security.Cryptography.X509Certificates;

namespace GrpcWire;

/// <summary>TLS settings of a channel. TLS 1.2 or newer, ALPN <c>h2</c>, no revocation look-ups.</summary>
public sealed class GrpcTlsOptions
{
    /// <summary>Gets the roots to trust instead of the system's; null for the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Gets the client certificate with its private key, for mTLS; null for none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Gets the intermediates to send with the client certificate.</summary>
    public X509Certificate2Collection? ClientIntermediates { get; init; }

    /// <summary>Gets the name expected in the server's certificate and sent as SNI and as :authority; null for the host of the address.</summary>
    public string? ServerName { get; init; }
}
