using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using GrpcWire.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace GrpcWire.Tests.Client;

public class EndOfCallTests
{
    private static readonly StringValue Hello = new() { Value = "hello" };

    [Fact]
    public async Task UnaryAsync_TimeoutWithoutAnswer_IsDeadlineExceededHereAndResetThere()
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            await aborted.Task;
        });

        var error = await Should.ThrowAsync<GrpcException>(
            server.Channel.UnaryAsync(Script.Say, Hello, new GrpcCallOptions { Timeout = TimeSpan.FromMilliseconds(300) }));

        error.Status.ShouldBe(GrpcStatusCode.DeadlineExceeded);
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task UnaryAsync_TimeoutWithinTheBody_IsDeadlineExceeded()
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            Script.Start(context);
            await context.Response.Body.WriteAsync(Script.Frame(Hello).AsMemory(0, 7));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var error = await Should.ThrowAsync<GrpcException>(
            server.Channel.UnaryAsync(Script.Say, Hello, new GrpcCallOptions { Timeout = TimeSpan.FromMilliseconds(500) }));
        error.Status.ShouldBe(GrpcStatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task UnaryAsync_TokenCancelled_ThrowsItAndResetsTheStream()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            arrived.SetResult();
            await aborted.Task;
        });
        using var source = new CancellationTokenSource();

        var call = server.Channel.UnaryAsync(Script.Say, Hello, new GrpcCallOptions { CancellationToken = source.Token, Timeout = TimeSpan.FromMinutes(1) });
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await source.CancelAsync();

        var error = await Should.ThrowAsync<OperationCanceledException>(call);
        error.CancellationToken.ShouldBe(source.Token);
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task UnaryAsync_NoTimeLeft_FailsWithoutAsking()
    {
        using var channel = new GrpcChannel(new GrpcChannelOptions { Address = new Uri("http://127.0.0.1:9") });
        var error = await Should.ThrowAsync<GrpcException>(channel.UnaryAsync(Script.Say, Hello, new GrpcCallOptions { Timeout = TimeSpan.Zero }));
        error.Status.ShouldBe(GrpcStatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task UnaryAsync_NobodyListens_IsUnavailable()
    {
        await using var host = await TestHost.StartAsync(_ => { });
        var address = host.Address;
        await host.DisposeAsync();
        using var channel = new GrpcChannel(new GrpcChannelOptions { Address = address });

        var error = await Should.ThrowAsync<GrpcException>(channel.UnaryAsync(Script.Say, Hello));

        error.Status.ShouldBe(GrpcStatusCode.Unavailable);
        error.IsTransportFailure.ShouldBeTrue();
    }

    [Fact]
    public async Task UnaryAsync_ServerRestarted_ConnectsAgain()
    {
        var first = await ListenAsync(0);
        using var channel = new GrpcChannel(new GrpcChannelOptions { Address = first.Address });
        (await channel.UnaryAsync(Script.Say, Hello)).ShouldBe(Hello);
        await first.DisposeAsync();
        await Should.ThrowAsync<GrpcException>(channel.UnaryAsync(Script.Say, Hello));

        await using var second = await ListenAsync(first.Port);

        (await channel.UnaryAsync(Script.Say, Hello)).ShouldBe(Hello);
    }

    [Fact]
    public async Task UnaryAsync_PeerAnswersNoPings_FailsInsteadOfWaitingForEver()
    {
        await using var mute = MuteHttp2Server.Start();
        using var channel = new GrpcChannel(new GrpcChannelOptions
        {
            Address = mute.Address,
            KeepAliveInterval = TimeSpan.FromSeconds(1),
            KeepAliveTimeout = TimeSpan.FromSeconds(1),
        });
        var clock = Stopwatch.StartNew();

        var error = await Should.ThrowAsync<GrpcException>(channel.UnaryAsync(Script.Say, Hello).WaitAsync(TimeSpan.FromSeconds(60)));

        error.IsTransportFailure.ShouldBeTrue();
        // The runtime reports the silence as a protocol error, which gRPC maps so.
        error.Status.ShouldBe(GrpcStatusCode.Internal, error.Message);
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        mute.SawPing.ShouldBeTrue();
    }

    private static Task<TestHost> ListenAsync(int port) =>
        TestHost.StartAsync(app => app.Run(context => Script.AnswerAsync(context, "0", Script.Frame(Hello))), port: port);
}
