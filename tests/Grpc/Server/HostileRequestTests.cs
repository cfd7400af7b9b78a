using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Health.V1;
using GrpcWire.Server;
using GrpcWire.Tests.Support;

namespace GrpcWire.Tests.Server;

public sealed class HostileRequestTests : IAsyncLifetime, IDisposable
{
    private static readonly HealthCheckRequest Request = new() { Service = "settlements" };
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private ServedHealth server = null!;

    public static TheoryData<string, byte[], string?, int> Bodies => new()
    {
        { "nothing", [], null, 13 },
        { "prefix cut", [0, 0, 0], null, 13 },
        { "message cut", [0, 0, 0, 0, 9, 1], null, 13 },
        { "unknown flag", [7, 0, 0, 0, 0], null, 13 },
        { "length over the limit", [0, 0, 0x7F, 0xFF, 0xFF], null, 8 },
        { "length over 2^31", [0, 0xFF, 0xFF, 0xFF, 0xFF], null, 8 },
        { "not protobuf", Script.Frame([0x0A, 0x7F, 1]), null, 13 },
        { "wrong wire type", Script.Frame([0x08, 0x01]), null, 0 },
        { "two messages", [.. Script.Frame(Request), .. Script.Frame(Request)], null, 13 },
        { "tail of rubbish", [.. Script.Frame(Request), 1, 2, 3], null, 13 },
        { "compressed, encoding unsaid", Script.Frame(Script.Gzip(Request.ToByteArray()), flag: 1), null, 13 },
        { "not gzip", Script.Frame([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], flag: 1), "gzip", 13 },
        { "gzip cut", Script.Frame(Script.Gzip(Request.ToByteArray())[..20], flag: 1), "gzip", 13 },
        { "gzip bomb", Script.Frame(Script.Gzip(new byte[2_000_000]), flag: 1), "gzip", 8 },
        { "good gzip", Script.Frame(Script.Gzip(Request.ToByteArray()), flag: 1), "gzip", 0 },
        { "good plain under gzip", Script.Frame(Request), "gzip", 0 },
        { "unknown encoding", Script.Frame(Request), "zstd", 12 },
    };

    public async Task InitializeAsync() =>
        server = await ServedHealth.StartAsync((_, _) => Task.FromResult(ServedHealth.Serving), new GrpcServerOptions { MaxReceiveBytes = 100_000 });

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => http.Dispose();

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Request_OfTheseBytes_EndsWithThisStatusAndTheServerGoesOn(string what, byte[] body, string? encoding, int expected)
    {
        (await PostAsync(body, encoding)).ShouldBe(expected, what);
        await ShouldStillServeAsync();
    }

    [Fact]
    public async Task Request_RandomBytes_AlwaysEndWithAStatus()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 300; i++)
        {
            var body = new byte[random.Next(0, 64)];
            random.NextBytes(body);
            // Half of them begin as a frame should, so that what lies behind is reached too.
            if (i % 2 == 0 && body.Length >= 5) (body[0], body[1], body[2], body[3], body[4]) = ((byte)random.Next(2), 0, 0, 0, (byte)(body.Length - 5));
            var status = await PostAsync(body, i % 3 == 0 ? "gzip" : null);
            status.ShouldBeOneOf([0, 8, 13], Convert.ToHexString(body));
        }
        await ShouldStillServeAsync();
    }

    [Theory]
    [InlineData("12Q")]
    [InlineData("-1S")]
    [InlineData("999999999S")]
    public async Task Request_MalformedTimeout_IsInternal(string timeout)
    {
        using var request = Post(Script.Frame(Request), null);
        request.Headers.TryAddWithoutValidation("grpc-timeout", timeout);
        using var response = await http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        StatusOf(response).ShouldBe(13);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc+json")]
    public async Task Request_OfAnotherContentType_Is415(string type)
    {
        using var request = Post(Script.Frame(Request), null);
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        await ShouldStillServeAsync();
    }

    [Fact]
    public async Task Connection_OfNotHttp2_IsDroppedAndTheServerGoesOn()
    {
        var random = new Random(7);
        for (var i = 0; i < 20; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
            var bytes = new byte[random.Next(1, 2000)];
            random.NextBytes(bytes);
            // Some greet properly and then talk rubbish.
            if (i % 2 == 0) await client.GetStream().WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
            await client.GetStream().WriteAsync(bytes);
        }
        await ShouldStillServeAsync();
    }

    [Fact]
    public async Task Request_DribblingItsBytes_IsEndedByTheReceiveTimeout()
    {
        await using var impatient = await ServedHealth.StartAsync(
            (_, _) => Task.FromResult(ServedHealth.Serving), new GrpcServerOptions { ReceiveTimeout = TimeSpan.FromMilliseconds(300) });
        var never = new TaskCompletionSource();
        using var request = Post([], null, impatient.Address);
        request.Content = new StalledContent(never.Task);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(30));
        StatusOf(response).ShouldBe(1);
        never.SetResult();
    }

    private static int StatusOf(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var found = response.Headers.TryGetValues("grpc-status", out var values) || response.TrailingHeaders.TryGetValues("grpc-status", out values);
        found.ShouldBeTrue("there is always a status");
        return int.Parse(values!.Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<int> PostAsync(byte[] body, string? encoding)
    {
        using var request = Post(body, encoding);
        using var response = await http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return StatusOf(response);
    }

    private HttpRequestMessage Post(byte[] body, string? encoding, Uri? address = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address ?? server.Address, EchoService.Check.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (encoding is not null) request.Headers.TryAddWithoutValidation("grpc-encoding", encoding);
        return request;
    }

    private async Task ShouldStillServeAsync() =>
        (await server.Channel.UnaryAsync(EchoService.Check, Request)).ShouldBe(ServedHealth.Serving);

    private sealed class StalledContent(Task until) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0, 0 });
            await stream.FlushAsync();
            await until;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
