namespace GrpcWire;

/// <summary>An HTTP proxy that tunnels with CONNECT (RFC 9110, 9.3.6).</summary>
/// <param name="Host">Name or address of the proxy.</param>
/// <param name="Port">Its port.</param>
/// <param name="UserName">User for basic authentication, or null.</param>
/// <param name="Password">Password, or null.</param>
public sealed record GrpcConnectProxy(string Host, int Port, string? UserName = null, string? Password = null)
{
    /// <summary>Shows where it is, never the password.</summary>
    /// <returns><c>host:port</c>.</returns>
    public override string ToString() => $"{Host}:{Port}";
}
