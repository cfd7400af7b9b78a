using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Settlement.StarterApi.Hosting;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Service;

/// <summary>The program as it is started, on a real socket, with no Temporal server behind it.</summary>
[Collection(ApiCollection.Name)]
public sealed class KestrelTests(ApiFixture api) : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private readonly string logFile = Path.GetTempFileName();
    private WebApplication? app;

    public async ValueTask InitializeAsync()
    {
        app = StarterApiHost.Build([.. api.Settings().Select(setting => $"--{setting.Key}={setting.Value}"), "--Api:Port=0", "--Temporal:StartTimeoutSeconds=1",
            "--Serilog:Using:0=Serilog.Sinks.File", "--Serilog:WriteTo:0:Name=File", "--Serilog:WriteTo:0:Args:path=" + logFile, "--Serilog:WriteTo:0:Args:outputTemplate={Message:lj} {RequestId}{NewLine}",
        ]);
        await app.StartAsync();
        client.BaseAddress = new Uri(app.Urls.Single());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await api.TokenAsync(TestUsers.Starter));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app!.DisposeAsync();
        File.Delete(logFile);
    }

    [Fact]
    public async Task Log_OfARequest_CarriesTheIdOfItsAnswer()
    {
        client.DefaultRequestHeaders.Add("X-Request-Id", "my-request-0002");
        var reply = await client.PostJsonAsync("/api/v1/auth/login", new { username = "nobody.at.all", password = "a wrong password" });
        reply.Headers.GetValues("X-Request-Id").ShouldBe(["my-request-0002"]);
        await app!.DisposeAsync();
        (await File.ReadAllLinesAsync(logFile)).Single(line => line.Contains("nobody.at.all", StringComparison.Ordinal)).ShouldEndWith(" my-request-0002");
    }

    [Fact]
    public async Task Post_WithoutATemporalServer_IsAcceptedAllTheSame()
    {
        var reply = await client.PostTextAsync("/settlements", Requests.Cash().ToJsonString(), Requests.NewKey());
        reply.StatusCode.ShouldBe(HttpStatusCode.Accepted, await reply.Content.ReadAsStringAsync());
        reply.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Post_BodyWithoutALength_IsCutOffAtTheLimit()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/settlements") { Content = new StreamContent(new MemoryStream(new byte[1_000_000])) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("Idempotency-Key", Requests.NewKey());
        await (await client.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task Get_WithHugeHeaders_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/settlements");
        request.Headers.Add("X-Large", new string('x', 40_000));
        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    [Theory]
    [InlineData("/settlements/%00")]
    [InlineData("/settlements/%ff%fe")]
    [InlineData("/settlements/../../etc/passwd")]
    [InlineData("/docs/../appsettings.json")]
    public async Task Get_StrangePath_FindsNothing(string path)
    {
        var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {client.DefaultRequestHeaders.Authorization}\r\nConnection: close\r\n\r\n");
        answer.Split('\r')[0].ShouldBeOneOf("HTTP/1.1 400 Bad Request", "HTTP/1.1 404 Not Found");
        answer.ShouldNotContain("   at ");
    }

    private async Task<string> RawAsync(string request)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
