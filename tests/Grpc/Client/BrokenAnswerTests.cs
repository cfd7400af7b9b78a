using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using GrpcWire.Tests.Support;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcWire.Tests.Client;

public class BrokenAnswerTests
{
    private static readonly StringValue Hello = new() { Value = "hello" };

    public static TheoryData<string, byte[][], GrpcStatusCode> Bodies => new()
    {
        { "unknown flag", [Script.Frame(Hello, flag: 2)], GrpcStatusCode.Internal },
        { "prefix cut", [[0, 0, 0]], GrpcStatusCode.Internal },
        { "message cut", [[0, 0, 0, 0, 9, 1, 2]], GrpcStatusCode.Internal },
        { "two messages", [Script.Frame(Hello), Script.Frame(Hello)], GrpcStatusCode.Internal },
        { "no message", [], GrpcStatusCode.Internal },
        { "not protobuf", [Script.Frame([0x0A, 0x50])], GrpcStatusCode.Internal },
        { "compressed, encoding unsaid", [Script.Frame(Script.Gzip(Hello.ToByteArray()), flag: 1)], GrpcStatusCode.Internal },
        { "more than the limit", [[0, 0x7F, 0xFF, 0xFF, 0xFF]], GrpcStatusCode.ResourceExhausted },
        { "length over 2^31", [[0, 0xFF, 0xFF, 0xFF, 0xFF]], GrpcStatusCode.ResourceExhausted },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task UnaryAsync_MalformedBody_EndsWithAClearStatus(string what, byte[][] frames, GrpcStatusCode expected)
    {
        await using var server = await ScriptedServer.StartAsync(context => Script.AnswerAsync(context, "0", frames));
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello), what);
        error.Status.ShouldBe(expected, error.Message);
    }

    [Fact]
    public async Task UnaryAsync_NoStatusAtAll_IsUnknown()
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            Script.Start(context);
            await context.Response.Body.WriteAsync(Script.Frame(Hello));
        });
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello));
        error.Status.ShouldBe(GrpcStatusCode.Unknown);
        error.Message.ShouldContain("without a gRPC status");
    }

    [Theory]
    [InlineData(0x0, GrpcStatusCode.Unavailable)] // NO_ERROR
    [InlineData(0x1, GrpcStatusCode.Internal)] // PROTOCOL_ERROR
    [InlineData(0x2, GrpcStatusCode.Internal)] // INTERNAL_ERROR
    [InlineData(0x8, GrpcStatusCode.Cancelled)] // CANCEL
    [InlineData(0xB, GrpcStatusCode.ResourceExhausted)] // ENHANCE_YOUR_CALM
    [InlineData(0xC, GrpcStatusCode.PermissionDenied)] // INADEQUATE_SECURITY
    public async Task UnaryAsync_StreamReset_IsMappedFromTheHttp2Code(int code, GrpcStatusCode expected)
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            Script.Start(context);
            await context.Response.Body.WriteAsync(Script.Frame(Hello).AsMemory(0, 6));
            await context.Response.Body.FlushAsync();
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
        });
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello));
        error.Status.ShouldBe(expected, error.Message);
        error.IsTransportFailure.ShouldBeTrue();
    }

    [Fact]
    public async Task UnaryAsync_AnswerLargerThanTheChannelTakes_IsResourceExhausted()
    {
        await using var server = await ScriptedServer.StartAsync(
            context => Script.AnswerAsync(context, "0", Script.Frame(new StringValue { Value = new string('x', 2000) })),
            address => new GrpcChannelOptions { Address = address, MaxReceiveBytes = 1000 });
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, Hello));
        error.Status.ShouldBe(GrpcStatusCode.ResourceExhausted);
        error.Message.ShouldStartWith("grpc: received message larger than max");
    }

    [Fact]
    public async Task UnaryAsync_RequestLargerThanTheChannelSends_IsRefusedBeforeSending()
    {
        var asked = false;
        await using var server = await ScriptedServer.StartAsync(
            context =>
            {
                asked = true;
                return Script.AnswerAsync(context, "0", Script.Frame(Hello));
            },
            address => new GrpcChannelOptions { Address = address, MaxSendBytes = 10 });
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, new StringValue { Value = new string('x', 20) }));
        error.Status.ShouldBe(GrpcStatusCode.ResourceExhausted);
        asked.ShouldBeFalse();
    }
}
