using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GrpcWire.Internal;

/// <summary>Builds the HTTP handler of a channel.</summary>
internal static class GrpcHandlerFactory
{
    public static SocketsHttpHandler Create(GrpcChannelOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = options.ConnectionLifetime ?? Timeout.InfiniteTimeSpan,
            ConnectTimeout = options.ConnectTimeout,
            // Histories come in megabytes: the default window of 64 KiB would cost a round trip for each.
            InitialHttp2StreamWindowSize = 1024 * 1024,
        };
        if (options.KeepAliveInterval is { } interval)
        {
            handler.KeepAlivePingDelay = interval;
            handler.KeepAlivePingTimeout = options.KeepAliveTimeout;
            handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always;
        }
        if (options.Address.Scheme == Uri.UriSchemeHttps) handler.SslOptions = ToSsl(options.Tls ?? new GrpcTlsOptions());
        if (options.ConnectProxy is { } proxy) handler.ConnectCallback = (context, token) => GrpcConnectTunnel.OpenAsync(proxy, context.DnsEndPoint, token);
        return handler;
    }

    private static SslClientAuthenticationOptions ToSsl(GrpcTlsOptions tls)
    {
        var ssl = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (tls.ClientCertificate is { } certificate)
            ssl.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, tls.ClientIntermediates, offline: true);
        if (tls.TrustedRoots is { } roots)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(roots);
            policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
            ssl.CertificateChainPolicy = policy;
        }
        return ssl;
    }
}
