using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GrpcWire;

namespace Temporalio.Client;

/// <summary>Turns connection options into a gRPC channel.</summary>
internal static class ChannelFactory
{
    /// <summary>Makes a channel; nothing connects yet.</summary>
    /// <param name="options">Connection options.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentException">The target or a certificate cannot be read.</exception>
    public static GrpcChannel Create(TemporalConnectionOptions options)
    {
        var (host, port) = ParseHostPort(options.TargetHost, nameof(options.TargetHost));
        var tls = options.IsTlsSet || options.ApiKey is null ? options.Tls : new TlsOptions();
        var useTls = tls is { Disabled: false };
        return new GrpcChannel(new GrpcChannelOptions
        {
            Address = new UriBuilder(useTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, host, port).Uri,
            Tls = useTls ? ToTls(tls!) : null,
            // Between processes of one machine compression costs more than it saves.
            CompressRequests = options.GrpcCompression is GrpcCompression.Gzip && !IsLoopback(host),
            KeepAliveInterval = options.KeepAlive?.Interval,
            KeepAliveTimeout = options.KeepAlive?.Timeout ?? TimeSpan.FromSeconds(15),
            MaxReceiveBytes = MaxReceiveBytes(),
            ConnectProxy = options.HttpConnectProxy is { } proxy ? ToProxy(proxy) : null,
        });
    }

    /// <summary>Reads <c>host:port</c>.</summary>
    /// <param name="target">The text; an IPv6 address stands in brackets.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <returns>Host and port.</returns>
    /// <exception cref="ArgumentException">It is not of that form.</exception>
    public static (string Host, int Port) ParseHostPort(string? target, string name)
    {
        if (string.IsNullOrEmpty(target)) throw new ArgumentException($"{name} is required", name);
        if (target.Contains("://", StringComparison.Ordinal)) throw new ArgumentException($"{name} must be host:port, without a scheme", name);
        var colon = target.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535
            || Uri.CheckHostName(target[..colon].Trim('[', ']')) == UriHostNameType.Unknown)
            throw new ArgumentException($"{name} must be host:port, not '{target}'", name);
        return (target[..colon], port);
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // The official core reads the same variable.
    private static int MaxReceiveBytes() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("TEMPORAL_MAX_INCOMING_GRPC_BYTES"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
        && bytes > 0
            ? bytes
            : GrpcChannelOptions.DefaultMaxReceiveBytes;

    private static GrpcConnectProxy ToProxy(HttpConnectProxyOptions proxy)
    {
        var (host, port) = ParseHostPort(proxy.TargetHost, "HttpConnectProxy.TargetHost");
        return new GrpcConnectProxy(host.Trim('[', ']'), port, proxy.BasicAuth?.Username, proxy.BasicAuth?.Password);
    }

    private static GrpcTlsOptions ToTls(TlsOptions tls)
    {
        if (tls.ClientCert is null != tls.ClientPrivateKey is null)
            throw new ArgumentException("ClientCert and ClientPrivateKey must be set together");
        try
        {
            var chain = tls.ClientCert is null ? [] : ReadPem(tls.ClientCert);
            return new GrpcTlsOptions
            {
                TrustedRoots = tls.ServerRootCACert is null ? null : ReadPem(tls.ServerRootCACert),
                ServerName = tls.Domain,
                ClientCertificate = tls.ClientCert is null ? null : ReadPair(tls.ClientCert, tls.ClientPrivateKey!),
                ClientIntermediates = chain.Count > 1 ? new X509Certificate2Collection(chain.Skip(1).ToArray()) : null,
            };
        }
        catch (CryptographicException e)
        {
            // The message names neither the key nor its bytes.
            throw new ArgumentException("A TLS certificate or key is not readable PEM: " + e.Message, e);
        }
    }

    private static X509Certificate2 ReadPair(byte[] certificate, byte[] key)
    {
        using var pair = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key));
        // TLS on Windows cannot use a key that was never in a store or a PKCS#12 container.
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2Collection ReadPem(byte[] pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        if (certificates.Count == 0) throw new CryptographicException("no certificate in it");
        return certificates;
    }
}
