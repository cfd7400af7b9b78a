using System.Net;
using System.Net.Sockets;

namespace GrpcWire.Tests.Support;

/// <summary>Greets as an HTTP/2 server and then says nothing more, not even the answer to a PING.</summary>
internal sealed class MuteHttp2Server : IAsyncDisposable
{
    private const byte PingType = 6;
    private const int FrameHeadBytes = 9;
    private static readonly byte[] EmptySettings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    private static readonly byte[] SettingsAck = [0, 0, 0, 4, 1, 0, 0, 0, 0];

    private readonly TcpListener listener;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task work;
    private volatile bool sawPing;

    private MuteHttp2Server(TcpListener listener)
    {
        this.listener = listener;
        work = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public bool SawPing => sawPing;

    public static MuteHttp2Server Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new MuteHttp2Server(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await work;
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync(stopping.Token);
            await using var stream = client.GetStream();
            await stream.ReadExactlyAsync(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length], stopping.Token);
            await stream.WriteAsync(EmptySettings, stopping.Token);
            await stream.WriteAsync(SettingsAck, stopping.Token);
            var head = new byte[FrameHeadBytes];
            while (true)
            {
                await stream.ReadExactlyAsync(head, stopping.Token);
                if (head[3] == PingType) sawPing = true;
                await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test is over, or the client has hung up as it should.
            return;
        }
    }
}
