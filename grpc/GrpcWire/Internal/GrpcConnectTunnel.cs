using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GrpcWire.Internal;

/// <summary>
/// Opens a tunnel through an HTTP proxy. The framework's own proxy support sends CONNECT only for https addresses; HTTP/2 without TLS
/// needs a tunnel too.
/// </summary>
internal static class GrpcConnectTunnel
{
    private const int MaxAnswerBytes = 8192;

    public static async ValueTask<Stream> OpenAsync(GrpcConnectProxy proxy, DnsEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(proxy.Host, proxy.Port, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ask(proxy, target)), cancellationToken);
            var answer = await ReadAnswerAsync(stream, cancellationToken);
            var parts = answer.Split(' ', 3);
            if (parts.Length < 2 || !parts[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || parts[1] != "200")
                throw new IOException($"The proxy {proxy} refused the tunnel: {answer.Split('\r')[0]}");
            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Ask(GrpcConnectProxy proxy, DnsEndPoint target)
    {
        var host = target.Host.Contains(':', StringComparison.Ordinal) ? $"[{target.Host}]" : target.Host;
        var authority = string.Create(CultureInfo.InvariantCulture, $"{host}:{target.Port}");
        var authorization = proxy.UserName is null
            ? string.Empty
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{proxy.UserName}:{proxy.Password}"))}\r\n";
        return $"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n{authorization}\r\n";
    }

    // Byte by byte: what follows the empty line belongs to the tunnel.
    private static async Task<string> ReadAnswerAsync(Stream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxAnswerBytes];
        for (var length = 0; length < MaxAnswerBytes;)
        {
            if (await stream.ReadAsync(answer.AsMemory(length, 1), cancellationToken) == 0) throw new IOException("The proxy closed the connection");
            length++;
            if (answer.AsSpan(0, length).EndsWith("\r\n\r\n"u8)) return Encoding.ASCII.GetString(answer, 0, length);
        }
        throw new IOException("The proxy's answer is too long");
    }
}
