using System.Net.Sockets;
using System.Text;
using Temporalio.Fuzzing.Wire;

namespace Temporalio.Fuzzing.Attacks;

/// <summary>Bytes on the bare connection: noise, other protocols, HTTP/2 frames that break its rules.</summary>
internal sealed class SocketAttack(Uri address) : IAttack
{
    private const int MaxFrame = 16_384;

    public string Name => "raw connections";

    public int Share => 10;

    public async Task<(string Sent, RawAnswer Answer)> RunAsync(FuzzRandom random, RawClient client, CancellationToken cancellationToken)
    {
        var (sent, bytes) = Bytes(random);
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        try
        {
            var stream = socket.GetStream();
            await stream.WriteAsync(bytes, cancellationToken);
            var answer = await ReadALittleAsync(stream, cancellationToken);
            return (sent, new RawAnswer(null, null, "", null, answer));
        }
        catch (IOException e)
        {
            return (sent, new RawAnswer(null, null, e.Message, null, []));
        }
    }

    private static (string Sent, byte[] Bytes) Bytes(FuzzRandom random) => random.Below(12) switch
    {
        0 => ("noise", random.Bytes(1 + random.Below(5_000))),
        1 => ("HTTP/1.1", Encoding.ASCII.GetBytes("GET /api/v1/namespaces HTTP/1.1\r\nHost: x\r\n\r\n")),
        2 => ("a TLS hello without an end", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, .. random.Bytes(60)]),
        3 => ("half a preface", Http2Bytes.Preface[..(1 + random.Below(Http2Bytes.Preface.Length - 1))]),
        4 => ("a settings flood", Opened(Enumerable.Range(0, 200).SelectMany(_ => Http2Bytes.Frame(Http2Bytes.Settings, 0, 0, random.Bytes(6 * random.Below(5)))))),
        5 => ("a ping flood", Opened(Enumerable.Range(0, 500).SelectMany(_ => Http2Bytes.Frame(Http2Bytes.Ping, 0, 0, random.Bytes(8))))),
        6 => ("rapid resets", Opened(Enumerable.Range(0, 150).SelectMany(i => (byte[])[.. Request(1 + (2 * i)), .. Http2Bytes.Frame(Http2Bytes.ResetStream, 0, 1 + (2 * i), [0, 0, 0, 8])]))),
        7 => ("a window beyond all bounds", Opened([.. Request(1), .. Http2Bytes.Frame(Http2Bytes.WindowUpdate, 0, 1, [0x7f, 0xff, 0xff, 0xff]), .. Http2Bytes.Frame(Http2Bytes.WindowUpdate, 0, 0, [0x7f, 0xff, 0xff, 0xff])])),
        8 => ("headers without an end", Opened([.. Http2Bytes.Frame(Http2Bytes.Headers, 0, 1, Http2Bytes.Block((":method", "POST"))), .. Enumerable.Range(0, 300).SelectMany(_ => Http2Bytes.Frame(Http2Bytes.Continuation, 0, 1, Http2Bytes.Block(("x-more", new string('a', 1_000)))))])),
        9 => ("broken header compression", Opened(Http2Bytes.Frame(Http2Bytes.Headers, Http2Bytes.EndHeaders, 1, random.Bytes(1 + random.Below(400))))),
        10 => ("a frame shorter than it says", Opened(Http2Bytes.Frame((byte)random.Below(12), (byte)random.Below(256), random.Below(5), random.Bytes(random.Below(100)), random.Below(1 << 24)))),
        _ => ("random frames", Opened(Enumerable.Range(0, 1 + random.Below(30)).SelectMany(_ => Http2Bytes.Frame((byte)random.Below(12), (byte)random.Below(256), (int)random.Number(), random.Bytes(random.Below(random.Chance(90) ? 64 : MaxFrame)))))),
    };

    private static byte[] Opened(IEnumerable<byte> frames) => [.. Http2Bytes.Preface, .. Http2Bytes.Frame(Http2Bytes.Settings, 0, 0, []), .. frames];

    private static byte[] Request(int stream) => Http2Bytes.Frame(Http2Bytes.Headers, Http2Bytes.EndHeaders, stream, Http2Bytes.Block(
        (":method", "POST"), (":scheme", "http"), (":path", "/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo"), (":authority", "x"), ("content-type", "application/grpc"), ("te", "trailers")));

    /// <summary>What the server says at once; whether it then waits or leaves is its own affair.</summary>
    private static async Task<byte[]> ReadALittleAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[4_096];
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(TimeSpan.FromMilliseconds(100));
        try
        {
            return buffer[..await stream.ReadAsync(buffer, soon.Token)];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}
