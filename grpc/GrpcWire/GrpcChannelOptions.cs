using Microsoft.Extensions.Logging;

namespace GrpcWire;

/// <summary>How a <see cref="GrpcChannel"/> connects and what it accepts. Read once, when the channel is made.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>The largest message accepted by default: 128 MiB, as the official Temporal clients accept.</summary>
    public const int DefaultMaxReceiveBytes = 128 * 1024 * 1024;

    /// <summary>Gets the address, <c>http://host:port</c> (HTTP/2 without TLS) or <c>https://host:port</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets the TLS settings for an <c>https</c> address; null for the system's roots and no client certificate.</summary>
    public GrpcTlsOptions? Tls { get; init; }

    /// <summary>Gets a value indicating whether requests are compressed with gzip. Responses are decompressed whatever this says.</summary>
    public bool CompressRequests { get; init; }

    /// <summary>Gets the smallest request, in bytes, that is worth compressing.</summary>
    public int CompressionThresholdBytes { get; init; } = 1024;

    /// <summary>Gets the largest message sent, in bytes before compression; null for no limit.</summary>
    public int? MaxSendBytes { get; init; }

    /// <summary>Gets the largest message accepted, in bytes, compressed or not.</summary>
    public int MaxReceiveBytes { get; init; } = DefaultMaxReceiveBytes;

    /// <summary>Gets how long a connection may be silent before an HTTP/2 PING is sent; null for no pings.</summary>
    public TimeSpan? KeepAliveInterval { get; init; }

    /// <summary>Gets how long the answer to a PING may take before the connection is dropped.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets how long connecting may take, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long a connection lives before a new one (with a new DNS look-up) replaces it; null for ever.</summary>
    public TimeSpan? ConnectionLifetime { get; init; }

    /// <summary>Gets the value of the <c>user-agent</c> header.</summary>
    public string UserAgent { get; init; } = "grpc-wire-dotnet/1.0";

    /// <summary>Gets an HTTP proxy to tunnel through with CONNECT; null for a direct connection. Environment variables are never consulted.</summary>
    public GrpcConnectProxy? ConnectProxy { get; init; }

    /// <summary>Gets the factory of loggers; null for no logs.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
