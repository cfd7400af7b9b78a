using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Settlement.Activities.Banks;

/// <summary>Mutual TLS to a bank: our certificate, and whom we trust to be the bank.</summary>
internal static class BankTls
{
    /// <summary>The TLS settings of a connection; the machine's defaults where nothing is configured.</summary>
    public static SslClientAuthenticationOptions Create(BankConnectionOptions options)
    {
        var tls = new SslClientAuthenticationOptions();
        if (options.ClientCertificatePath is { } certificatePath)
        {
            using var pem = X509Certificate2.CreateFromPemFile(certificatePath, options.ClientKeyPath);
            // Through PKCS#12, because some platforms do not take an ephemeral key for client authentication.
            tls.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null)];
        }

        if (options.TrustedCaPath is { } caPath)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(caPath);
            // A policy of our own trust replaces the machine's store; the host name is still checked.
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }

        return tls;
    }
}
