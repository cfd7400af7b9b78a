using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Settlement.Hosting;

/// <summary>The Temporal server that this program works with.</summary>
public sealed class TemporalOptions
{
    public const string SectionName = "Temporal";

    /// <summary><c>host:port</c> of the frontend. Env <c>TEMPORAL_ADDRESS</c>.</summary>
    [Required]
    [RegularExpression(@"[^\s:/]+:\d{1,5}", ErrorMessage = "Temporal:Address (TEMPORAL_ADDRESS) must be host:port")]
    public string Address { get; set; } = "127.0.0.1:7233";

    /// <summary>Env <c>TEMPORAL_NAMESPACE</c>.</summary>
    [Required]
    public string Namespace { get; set; } = "default";

    /// <summary>API key of a managed cluster. Env <c>TEMPORAL_API_KEY</c>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>PEM file of the server's CA; setting any TLS member turns TLS on. Env <c>TEMPORAL_TLS_SERVER_CA_CERT</c>.</summary>
    public string? TlsServerCaFile { get; set; }

    /// <summary>PEM file of our certificate, for mTLS. Env <c>TEMPORAL_TLS_CLIENT_CERT</c>.</summary>
    public string? TlsClientCertFile { get; set; }

    /// <summary>PEM file of our key, for mTLS. Env <c>TEMPORAL_TLS_CLIENT_KEY</c>.</summary>
    public string? TlsClientKeyFile { get; set; }

    /// <summary>Name expected in the server's certificate, when it differs from the address. Env <c>TEMPORAL_TLS_SERVER_NAME</c>.</summary>
    public string? TlsServerName { get; set; }

    /// <summary>How long a start may take before it is left to the sweeper, in seconds.</summary>
    [Range(1, 60)]
    public int StartTimeoutSeconds { get; set; } = 5;

    /// <summary>Whether the connection is encrypted: an API key or any TLS setting asks for it.</summary>
    public bool UsesTls => ApiKey is not null || TlsServerCaFile is not null || TlsClientCertFile is not null || TlsServerName is not null;

    /// <summary>What the Temporal client connects with.</summary>
    /// <exception cref="ConfigurationException">A certificate file cannot be read.</exception>
    public TemporalClientConnectOptions ToConnectOptions(ILoggerFactory loggers) => new(Address)
    {
        Namespace = Namespace,
        ApiKey = string.IsNullOrEmpty(ApiKey) ? null : ApiKey,
        LoggerFactory = loggers,
        Tls = UsesTls
            ? new TlsOptions
            {
                Domain = TlsServerName,
                ServerRootCACert = Read(TlsServerCaFile, "TEMPORAL_TLS_SERVER_CA_CERT"),
                ClientCert = Read(TlsClientCertFile, "TEMPORAL_TLS_CLIENT_CERT"),
                ClientPrivateKey = Read(TlsClientKeyFile, "TEMPORAL_TLS_CLIENT_KEY"),
            }
            : null,
    };

    private static byte[]? Read(string? file, string name)
    {
        if (string.IsNullOrEmpty(file))
            return null;
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{name}: {wrong.Message}");
        }
    }
}

/// <summary>
/// Tells an outage of Temporal, which passes, from everything else. A client that has been connected says so by an <see cref="RpcException"/>; one that
/// connects on first use, and cannot, by an <see cref="InvalidOperationException"/> whose words alone tell it from a mistake of ours.
/// </summary>
public static class TemporalOutage
{
    private const string ConnectFailed = "Connection failed:";

    /// <summary>Whether the same call may succeed later, when Temporal is back.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        RpcException rpc => rpc.Code is RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.ResourceExhausted,
        InvalidOperationException wrong => wrong.Message.StartsWith(ConnectFailed, StringComparison.Ordinal),
        _ => false,
    };
}
