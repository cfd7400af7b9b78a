using System.Net;
using System.Text;
using System.Text.Json;
using Settlement.StarterApi.Endpoints.Settlements;
using Settlement.StarterApi.Json;
using Settlement.StarterApi.Options;
using Settlement.StarterApi.Problems;
using Settlement.StarterApi.Tests.Support;

namespace Settlement.StarterApi.Tests.Service;

[Collection(ApiCollection.Name)]
public sealed class ServiceTests(ApiFixture api) : IDisposable
{
    public void Dispose() => api.Workflows.Outage = null;

    [Fact]
    public async Task Health_AllWell_IsReady()
    {
        await using var host = api.Host();
        using var client = host.CreateClient();
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/health", "/health/ready" })
        {
            var reply = await client.GetAsync(path);
            reply.StatusCode.ShouldBe(HttpStatusCode.OK);
            var checks = (await reply.JsonAsync()).GetProperty("checks");
            checks.EnumerateObject().Select(check => $"{check.Name} {check.Value}").ShouldBe(["database healthy", "migrations healthy", "temporal healthy"], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Health_TemporalGone_IsNotReadyButAlive()
    {
        api.Workflows.Outage = new TimeoutException("no server at 10.1.2.3");
        await using var host = api.Host();
        using var client = host.CreateClient();
        var reply = await client.GetAsync("/health/ready");
        reply.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var text = await reply.Content.ReadAsStringAsync();
        (await reply.JsonAsync()).GetProperty("checks").GetProperty("temporal").GetString().ShouldBe("unhealthy");
        text.ShouldNotContain("10.1.2.3", customMessage: "health tells no addresses");
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.Unauthorized, "unauthenticated")]
    [InlineData("PUT", "/settlements", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    public async Task Request_ThatNoEndpointTakes_GetsAProblem(string method, string path, HttpStatusCode status, string type)
    {
        using var client = await api.ClientAsync(status == HttpStatusCode.Unauthorized ? null : TestUsers.Reader);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        await (await client.SendAsync(request)).ShouldBeProblemAsync(status, type);
    }

    [Fact]
    public async Task Request_ToNowhereWhenSignedIn_IsNotFound()
    {
        using var client = await api.ClientAsync(TestUsers.Reader);
        await (await client.GetAsync("/nowhere")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Response_Always_CarriesSecurityHeadersAndTheRequestId()
    {
        using var client = await api.ClientAsync(null);
        client.DefaultRequestHeaders.Add("X-Request-Id", "my-request-0001");
        foreach (var path in new[] { "/health/live", "/settlements", "/docs" })
        {
            var reply = await client.GetAsync(path);
            reply.Headers.GetValues("X-Request-Id").ShouldBe(["my-request-0001"]);
            reply.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            reply.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
            reply.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
            reply.Headers.Contains("Server").ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with spaces in it")]
    [InlineData("<script>alert(1)</script>")]
    public async Task Response_ToAMalformedRequestId_CarriesANewOne(string offered)
    {
        using var client = await api.ClientAsync(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Request-Id", offered);
        var reply = await client.GetAsync("/health/live");
        Guid.TryParse(reply.Headers.GetValues("X-Request-Id").Single(), out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Requests_BeyondTheRate_AreRefusedWithAWait()
    {
        await using var host = api.Host(new() { ["Api:RequestsPerSecond"] = "1" });
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await api.TokenAsync(TestUsers.Reader));
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/settlements?limit=1")));
        var refused = replies.Where(reply => reply.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.ShouldNotBeEmpty();
        await refused[0].ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        refused[0].Headers.RetryAfter.ShouldNotBeNull();
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK, "health is not limited");
    }

    [Fact]
    public async Task Docs_AreServedFromHere_UnderAPolicyThatForbidsAllElse()
    {
        using var client = await api.ClientAsync(null);
        var page = await client.GetAsync("/docs");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldNotContain("http");
        var sources = policy.Split(';').SelectMany(directive => directive.Trim().Split(' ').Skip(1)).Distinct();
        sources.Where(source => !source.StartsWith("'nonce-", StringComparison.Ordinal)).ShouldBe(["'none'", "'self'", "'unsafe-inline'", "data:"], ignoreOrder: true);
        policy.Split(';').Single(directive => directive.Contains("'unsafe-inline'", StringComparison.Ordinal)).Trim().ShouldBe("style-src 'unsafe-inline'");
        (await client.GetAsync("/docs")).Headers.GetValues("Content-Security-Policy").Single().ShouldNotBe(policy, "a nonce is for one answer");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldNotContain("proxy.scalar.com");
        html.ShouldNotContain("src=\"http");
        html.ShouldNotContain("href=\"http");
    }

    [Fact]
    public async Task OpenApi_SaysWhoMustSignIn_AndShowsExamplesThatTheApiTakes()
    {
        using var client = await api.ClientAsync(null);
        var document = await (await client.GetAsync("/openapi/v1.json")).JsonAsync();
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString().ShouldBe("bearer");
        var paths = document.GetProperty("paths");
        paths.GetProperty("/api/v1/auth/login").GetProperty("post").TryGetProperty("security", out _).ShouldBeFalse();
        var create = paths.GetProperty("/settlements").GetProperty("post");
        create.GetProperty("security")[0].TryGetProperty("bearer", out _).ShouldBeTrue();
        create.GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key").GetProperty("required").GetBoolean().ShouldBeTrue();
        Example(create.GetProperty("responses").GetProperty("202")).GetProperty("status").GetString().ShouldBe("pending");
        Example(create.GetProperty("responses").GetProperty("422"), "application/problem+json").GetProperty("type").GetString().ShouldBe("urn:settlement:problem:validation-failed");
        var request = StrictJson.Parse<CreateSettlementRequest>(Encoding.UTF8.GetBytes(Example(create.GetProperty("requestBody")).GetRawText()), ApiJson.Options);
        var errors = new FieldErrors();
        SettlementShape.Read(request, new SettlementOptions(), errors).ShouldNotBeNull(string.Join("; ", errors.All));
    }

    private static JsonElement Example(JsonElement body, string mediaType = "application/json") => body.GetProperty("content").GetProperty(mediaType).GetProperty("example");

    [Fact]
    public async Task OpenApi_DescribesBodiesAndAnswers()
    {
        using var client = await api.ClientAsync(null);
        var document = await (await client.GetAsync("/openapi/v1.json")).JsonAsync();
        var create = document.GetProperty("paths").GetProperty("/settlements").GetProperty("post");
        create.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()
            .ShouldBe("#/components/schemas/CreateSettlementRequest");
        create.GetProperty("responses").TryGetProperty("202", out _).ShouldBeTrue();
        create.GetProperty("responses").TryGetProperty("409", out _).ShouldBeTrue();
        var members = document.GetProperty("components").GetProperty("schemas").GetProperty("CreateSettlementRequest").GetProperty("properties");
        members.TryGetProperty("debtor_account_id", out _).ShouldBeTrue("members are snake_case");
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        paths.Where(path => path.StartsWith("/settlements", StringComparison.Ordinal)).Select(path => "/api/v1" + path).ShouldAllBe(path => paths.Contains(path));
    }
}
