using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using GrpcWire.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GrpcWire.Tests.Client;

public class UnaryTests
{
    private static readonly StringValue Hello = new() { Value = "hello" };

    [Fact]
    public async Task UnaryAsync_Answered_SendsTheProtocolsHeadersAndFrame()
    {
        IHeaderDictionary? headers = null;
        var (path, body, protocol) = (string.Empty, Array.Empty<byte>(), string.Empty);
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            (path, protocol, body) = (context.Request.Path, context.Request.Protocol, await Script.ReadBodyAsync(context));
            headers = new HeaderDictionary(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(context.Request.Headers, StringComparer.OrdinalIgnoreCase));
            await Script.AnswerAsync(context, "0", Script.Frame(new StringValue { Value = "world" }));
        });

        var answer = await server.Channel.UnaryAsync(Script.Say, Hello, new GrpcCallOptions
        {
            Timeout = TimeSpan.FromSeconds(20),
            Metadata = new GrpcMetadata([new("x-text", "plain"), new("x-raw-bin", [0xFB, 0xFF])]),
        });

        answer.Value.ShouldBe("world");
        path.ShouldBe("/test.Echo/Say");
        protocol.ShouldBe("HTTP/2");
        body.ShouldBe(Script.Frame(Hello));
        headers.ShouldNotBeNull();
        headers["te"].ToString().ShouldBe("trailers");
        headers.ContentType.ToString().ShouldBe("application/grpc");
        headers["grpc-timeout"].ToString().ShouldBe("20000000u");
        headers["grpc-accept-encoding"].ToString().ShouldBe("identity,gzip");
        headers["x-text"].ToString().ShouldBe("plain");
        headers["x-raw-bin"].ToString().ShouldBe("+/8");
        headers.ContainsKey("grpc-encoding").ShouldBeFalse();
    }

    [Theory]
    [InlineData("CAUSBG5vcGU=")]
    [InlineData("CAUSBG5vcGU")]
    public async Task UnaryAsync_TrailersOnlyError_HasStatusDecodedMessageAndDetails(string details)
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            Script.TrailersOnly(context, "5", "no%20such%20%E2%82%AC%0Aaccount 100%", details);
            context.Response.Headers["retry-hint"] = "later";
            return Task.CompletedTask;
        });

        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello));

        error.Status.ShouldBe(GrpcStatusCode.NotFound);
        error.Message.ShouldBe("no such €\naccount 100%");
        error.Details.ShouldBe([8, 5, 18, 4, (byte)'n', (byte)'o', (byte)'p', (byte)'e']);
        error.Trailers.GetText("retry-hint").ShouldBe("later");
        error.IsTransportFailure.ShouldBeFalse();
    }

    [Fact]
    public async Task UnaryAsync_ErrorAfterMessage_IsTheError()
    {
        await using var server = await ScriptedServer.StartAsync(context => Script.AnswerAsync(context, "10", Script.Frame(Hello)));
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello));
        error.Status.ShouldBe(GrpcStatusCode.Aborted);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("-1")]
    [InlineData("seven")]
    public async Task UnaryAsync_NonsenseStatus_IsUnknown(string status)
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            Script.TrailersOnly(context, status);
            return Task.CompletedTask;
        });
        (await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello))).Status.ShouldBe(GrpcStatusCode.Unknown);
    }

    [Theory]
    [InlineData(400, GrpcStatusCode.Internal)]
    [InlineData(401, GrpcStatusCode.Unauthenticated)]
    [InlineData(403, GrpcStatusCode.PermissionDenied)]
    [InlineData(404, GrpcStatusCode.Unimplemented)]
    [InlineData(429, GrpcStatusCode.Unavailable)]
    [InlineData(502, GrpcStatusCode.Unavailable)]
    [InlineData(503, GrpcStatusCode.Unavailable)]
    [InlineData(504, GrpcStatusCode.Unavailable)]
    [InlineData(418, GrpcStatusCode.Unknown)]
    public async Task UnaryAsync_HttpStatusWithoutGrpc_IsMapped(int http, GrpcStatusCode expected)
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = http;
            return context.Response.WriteAsync("a proxy's page");
        });
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello));
        error.Status.ShouldBe(expected);
        error.IsTransportFailure.ShouldBeTrue();
    }

    [Fact]
    public async Task UnaryAsync_HtmlWithStatus200_IsUnknownAndNamesTheType()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<p>hello");
        });
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello));
        error.Status.ShouldBe(GrpcStatusCode.Unknown);
        error.Message.ShouldContain("text/html");
    }

    [Fact]
    public async Task UnaryAsync_MoreAtOnceThanAConnectionHolds_OpensAnother()
    {
        const int Calls = 150; // Kestrel, like many servers, takes 100 streams on a connection.
        var waiting = 0;
        var connections = new ConcurrentDictionary<string, bool>();
        var allThere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            connections[context.Connection.Id] = true;
            if (Interlocked.Increment(ref waiting) == Calls) allThere.SetResult();
            await allThere.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await Script.AnswerAsync(context, "0", Script.Frame(Hello));
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => server.Channel.UnaryAsync(Script.Say, Hello)));

        answers.ShouldAllBe(answer => answer.Equals(Hello));
        connections.Count.ShouldBeGreaterThanOrEqualTo(2);
    }
}
