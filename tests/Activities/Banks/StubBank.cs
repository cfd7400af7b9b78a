using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Settlement.Activities.Tests.Banks;

/// <summary>
/// A server of raw bytes: what it says and when it hangs up is the test's choice, down to answers that no web framework would send.
/// </summary>
internal sealed class StubBank : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, Stream, CancellationToken, Task> answer;
    private readonly SslServerAuthenticationOptions? tls;
    private readonly Task loop;

    /// <param name="answer">Gets the request's text and the stream to answer on; the connection closes when it returns.</param>
    /// <param name="tls">Null: plain.</param>
    public StubBank(Func<string, Stream, CancellationToken, Task> answer, SslServerAuthenticationOptions? tls = null)
    {
        this.answer = answer;
        this.tls = tls;
        listener.Start();
        loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Certificates that callers have shown.</summary>
    public ConcurrentQueue<string> ClientNames { get; } = new();

    /// <summary>A whole answer with this status and body.</summary>
    public static Func<string, Stream, CancellationToken, Task> Says(int status, string body) => (_, stream, cancellationToken) =>
        WriteAsync(stream, $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}", cancellationToken);

    public static Task WriteAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();

    public async ValueTask DisposeAsync()
    {
        // The listener is stopped only when nobody accepts any more: an accept that begins on a stopped listener is a misuse, not a cancellation.
        await stop.CancelAsync();
        await loop;
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            await using (var stream = await OpenAsync(client))
            {
                var request = await ReadRequestAsync(stream);
                Requests.Enqueue(request);
                await answer(request, stream, stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The caller has gone, or was refused: the test looks at the caller's side.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (tls is null)
            return client.GetStream();
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(tls, stop.Token);
        if (stream.RemoteCertificate is { } certificate)
            ClientNames.Enqueue(new X509Certificate2(certificate).GetNameInfo(X509NameType.SimpleName, false));
        return stream;
    }

    private async Task<string> ReadRequestAsync(Stream stream)
    {
        var buffer = new byte[64 << 10];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), stop.Token);
            length += read;
            var text = Encoding.UTF8.GetString(buffer, 0, length);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (head >= 0 && text.Length >= head + 4 + ContentLength(text[..head])))
                return text;
        }
    }

    private static int ContentLength(string head)
    {
        const string Name = "Content-Length:";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line[Name.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
