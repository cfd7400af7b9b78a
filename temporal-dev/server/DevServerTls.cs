using System.Security.Cryptography.X509Certificates;

namespace Temporalio.DevServer;

/// <summary>Certificates of a server.</summary>
public sealed record DevServerTls
{
    /// <summary>Gets the server's certificate with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Gets the intermediates to send with it.</summary>
    public X509Certificate2Collection? Intermediates { get; init; }

    /// <summary>Gets the authorities of which every client must show a certificate (mTLS); null lets clients come without.</summary>
    public X509Certificate2Collection? ClientAuthorities { get; init; }
}
