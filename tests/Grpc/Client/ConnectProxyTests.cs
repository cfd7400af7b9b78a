using Google.Protobuf.WellKnownTypes;
using GrpcWire.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace GrpcWire.Tests.Client;

public class ConnectProxyTests
{
    private static readonly StringValue Hello = new() { Value = "hello" };

    [Fact]
    public async Task UnaryAsync_ThroughAProxy_TunnelsWithItsCredentials()
    {
        await using var host = await TestHost.StartAsync(app => app.Run(context => Script.AnswerAsync(context, "0", Script.Frame(Hello))));
        await using var proxy = new ConnectProxy();
        using (var channel = new GrpcChannel(new GrpcChannelOptions
        {
            Address = host.Address,
            ConnectProxy = new GrpcConnectProxy("127.0.0.1", proxy.Port, "user", "pass"),
        }))
        {
            (await channel.UnaryAsync(Script.Say, Hello, new GrpcCallOptions { Timeout = TimeSpan.FromSeconds(60) })).ShouldBe(Hello);
        }
        proxy.Asked.ShouldStartWith($"CONNECT 127.0.0.1:{host.Port} HTTP/1.1\r\n");
        proxy.Asked.ShouldContain("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n");
    }

    [Fact]
    public async Task UnaryAsync_ProxyRefuses_IsUnavailableAndSaysWhyWithoutThePassword()
    {
        await using var proxy = new ConnectProxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        using var channel = new GrpcChannel(new GrpcChannelOptions
        {
            Address = new Uri("http://127.0.0.1:9"),
            ConnectProxy = new GrpcConnectProxy("127.0.0.1", proxy.Port, "user", "hunter2"),
        });
        var error = await Should.ThrowAsync<GrpcException>(channel.UnaryAsync(Script.Say, Hello));
        error.Status.ShouldBe(GrpcStatusCode.Unavailable);
        error.Message.ShouldContain("407");
        error.ToString().ShouldNotContain("hunter2");
    }
}
