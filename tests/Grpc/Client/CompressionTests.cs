using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using GrpcWire.Internal;
using GrpcWire.Tests.Support;

namespace GrpcWire.Tests.Client;

public class CompressionTests
{
    private static readonly StringValue Large = new() { Value = new string('a', 100_000) };

    [Fact]
    public async Task UnaryAsync_LargeRequestOnACompressingChannel_IsGzipped()
    {
        byte[] body = [];
        var encoding = string.Empty;
        await using var server = await ScriptedServer.StartAsync(
            async context =>
            {
                encoding = context.Request.Headers["grpc-encoding"].ToString();
                body = await Script.ReadBodyAsync(context);
                await Script.AnswerAsync(context, "0", Script.Frame(new StringValue()));
            },
            address => new GrpcChannelOptions { Address = address, CompressRequests = true });

        await server.Channel.UnaryAsync(Script.Say, Large);

        encoding.ShouldBe("gzip");
        body[0].ShouldBe((byte)1);
        body.Length.ShouldBeLessThan(10_000);
        using var plain = GrpcGzip.Decompress(body.AsMemory(GrpcFraming.PrefixBytes), 1_000_000);
        StringValue.Parser.ParseFrom(plain.Written.Span).ShouldBe(Large);
    }

    [Fact]
    public async Task UnaryAsync_SmallRequestOnACompressingChannel_IsPlain()
    {
        byte[] body = [];
        await using var server = await ScriptedServer.StartAsync(
            async context =>
            {
                body = await Script.ReadBodyAsync(context);
                await Script.AnswerAsync(context, "0", Script.Frame(new StringValue()));
            },
            address => new GrpcChannelOptions { Address = address, CompressRequests = true });
        var small = new StringValue { Value = "a" };

        await server.Channel.UnaryAsync(Script.Say, small);

        body.ShouldBe(Script.Frame(small));
    }

    [Fact]
    public async Task UnaryAsync_GzippedAnswer_IsDecompressed()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.Headers["grpc-encoding"] = "gzip";
            return Script.AnswerAsync(context, "0", Script.Frame(Script.Gzip(Large.ToByteArray()), flag: 1));
        });
        (await server.Channel.UnaryAsync(Script.Say, new StringValue())).ShouldBe(Large);
    }

    [Fact]
    public async Task UnaryAsync_GzipBombInTheAnswer_IsResourceExhausted()
    {
        await using var server = await ScriptedServer.StartAsync(
            context =>
            {
                context.Response.Headers["grpc-encoding"] = "gzip";
                return Script.AnswerAsync(context, "0", Script.Frame(Script.Gzip(new byte[20_000_000]), flag: 1));
            },
            address => new GrpcChannelOptions { Address = address, MaxReceiveBytes = 1_000_000 });
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(Script.Say, new StringValue()));
        error.Status.ShouldBe(GrpcStatusCode.ResourceExhausted);
        error.Message.ShouldStartWith("grpc: message after decompression larger than max");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(30)]
    public void Decompress_TruncatedGzip_IsMalformedAndNeverAShorterMessage(int kept)
    {
        var packed = Script.Gzip(Enumerable.Range(0, 1000).Select(i => (byte)(i * 7)).ToArray());
        Should.Throw<GrpcException>(() => GrpcGzip.Decompress(packed.AsMemory(0, kept), 1_000_000)).Status.ShouldBe(GrpcStatusCode.Internal);
        Should.Throw<GrpcException>(() => GrpcGzip.Decompress(packed.AsMemory(0, packed.Length - 1), 1_000_000)).Status.ShouldBe(GrpcStatusCode.Internal);
    }

    [Fact]
    public void Decompress_GzipOfNothing_IsAnEmptyMessage()
    {
        using var plain = GrpcGzip.Decompress(Script.Gzip([]), 10);
        plain.Written.Length.ShouldBe(0);
    }
}
