using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GrpcWire.Tests.Support;

/// <summary>An HTTP proxy that knows CONNECT and nothing else.</summary>
internal sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly string answer;
    private readonly Task work;

    public ConnectProxy(string answer = "HTTP/1.1 200 Connection established\r\n\r\n")
    {
        this.answer = answer;
        listener.Start();
        work = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Asked { get; private set; } = string.Empty;

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
            await using var near = client.GetStream();
            Asked = await ReadHeadAsync(near);
            await near.WriteAsync(Encoding.ASCII.GetBytes(answer), stopping.Token);
            if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) return;
            using var target = new TcpClient();
            await target.ConnectAsync(IPAddress.Loopback, int.Parse(Asked.Split(' ')[1].Split(':')[1], CultureInfo.InvariantCulture));
            await using var far = target.GetStream();
            await Task.WhenAny(near.CopyToAsync(far, stopping.Token), far.CopyToAsync(near, stopping.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test is over.
            return;
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, stopping.Token);
            head.Append((char)one[0]);
        }
        return head.ToString();
    }
}
