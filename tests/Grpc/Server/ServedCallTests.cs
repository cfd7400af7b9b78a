using Grpc.Health.V1;
using GrpcWire.Server;
using GrpcWire.Tests.Support;

namespace GrpcWire.Tests.Server;

public class ServedCallTests
{
    private static readonly HealthCheckRequest Request = new() { Service = "settlements" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unary_Handled_AnswersTheHandlersMessage(bool compressed)
    {
        HealthCheckRequest? seen = null;
        await using var server = await ServedHealth.StartAsync(
            (request, _) =>
            {
                seen = request;
                return Task.FromResult(ServedHealth.Serving);
            },
            new GrpcServerOptions { CompressResponses = compressed, CompressionThresholdBytes = 0 },
            compressed);

        var answer = await server.Channel.UnaryAsync(EchoService.Check, Request);

        answer.ShouldBe(ServedHealth.Serving);
        seen.ShouldBe(Request);
    }

    [Fact]
    public async Task Unary_EmptyMessages_CrossTheWire()
    {
        await using var server = await ServedHealth.StartAsync((_, _) => Task.FromResult(new HealthCheckResponse()), compress: true);
        (await server.Channel.UnaryAsync(EchoService.Check, new HealthCheckRequest())).ShouldBe(new HealthCheckResponse());
    }

    [Fact]
    public async Task Unary_HandlerThrowsGrpcException_ItsStatusMessageDetailsAndTrailersArrive()
    {
        await using var server = await ServedHealth.StartAsync((_, call) =>
        {
            call.AddTrailer(new GrpcMetadataEntry("x-hint", "later"));
            throw new GrpcException(GrpcStatusCode.AlreadyExists, "läuft schon: 100%\n", [8, 6]);
        });

        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(EchoService.Check, Request));

        error.Status.ShouldBe(GrpcStatusCode.AlreadyExists);
        error.Message.ShouldBe("läuft schon: 100%\n");
        error.Details.ShouldBe([8, 6]);
        error.Trailers.GetText("x-hint").ShouldBe("later");
        error.IsTransportFailure.ShouldBeFalse();
    }

    [Fact]
    public async Task Unary_HandlerBreaks_IsUnknownAndTellsNothing()
    {
        await using var server = await ServedHealth.StartAsync((_, _) => throw new InvalidOperationException("password is hunter2"));
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(EchoService.Check, Request));
        error.Status.ShouldBe(GrpcStatusCode.Unknown);
        error.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Unary_MethodWithoutHandler_IsUnimplemented()
    {
        await using var server = await ServedHealth.StartAsync(_ => { });
        (await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(EchoService.Check, Request))).Status.ShouldBe(GrpcStatusCode.Unimplemented);
    }

    [Fact]
    public async Task Unary_ServiceNotMapped_IsUnimplemented()
    {
        await using var server = await ServedHealth.StartAsync(_ => { });
        var error = await Should.ThrowAsync<GrpcException>(server.Channel.UnaryAsync(EchoService.Lock, new()));
        error.Status.ShouldBe(GrpcStatusCode.Unimplemented);
        error.IsTransportFailure.ShouldBeFalse();
    }

    [Fact]
    public async Task Unary_Metadata_ReachesTheHandlerWithoutWhatIsGrpcsOwn()
    {
        GrpcMetadata? seen = null;
        await using var server = await ServedHealth.StartAsync((_, call) =>
        {
            seen = call.RequestHeaders;
            return Task.FromResult(ServedHealth.Serving);
        });
        await server.Channel.UnaryAsync(EchoService.Check, Request, new GrpcCallOptions
        {
            Timeout = TimeSpan.FromMinutes(1),
            Metadata = new GrpcMetadata([new("authorization", "Bearer x"), new("x-id-bin", [1, 2, 3, 4])]),
        });
        seen.ShouldNotBeNull();
        seen.GetText("authorization").ShouldBe("Bearer x");
        seen.GetBytes("x-id-bin").ShouldBe([1, 2, 3, 4]);
        seen.Select(entry => entry.Name).ShouldBe(["authorization", "x-id-bin"], ignoreOrder: true);
    }

    [Fact]
    public async Task Unary_DeadlinePasses_HandlerIsCancelled()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        DateTimeOffset? deadline = null;
        await using var server = await ServedHealth.StartAsync(async (_, call) =>
        {
            deadline = call.Deadline;
            call.CancellationToken.Register(() => ended.TrySetResult());
            await ended.Task;
            call.CancellationToken.ThrowIfCancellationRequested();
            return ServedHealth.Serving;
        });

        var error = await Should.ThrowAsync<GrpcException>(
            server.Channel.UnaryAsync(EchoService.Check, Request, new GrpcCallOptions { Timeout = TimeSpan.FromMilliseconds(300) }));

        error.Status.ShouldBe(GrpcStatusCode.DeadlineExceeded);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        deadline.ShouldNotBeNull();
    }

    [Fact]
    public async Task Unary_CallerCancels_HandlerIsCancelled()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ServedHealth.StartAsync(async (_, call) =>
        {
            call.CancellationToken.Register(() => ended.TrySetResult());
            begun.SetResult();
            await ended.Task;
            call.CancellationToken.ThrowIfCancellationRequested();
            return ServedHealth.Serving;
        });
        using var source = new CancellationTokenSource();
        var call = server.Channel.UnaryAsync(EchoService.Check, Request, new GrpcCallOptions { CancellationToken = source.Token });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task ServerStreaming_Responses_ArriveAsTheyAreWritten()
    {
        var next = new SemaphoreSlim(1);
        await using var server = await ServedHealth.StartAsync(service => service.ServerStreaming<HealthCheckRequest, HealthCheckResponse>(
            "Watch",
            async (_, responses, call) =>
            {
                for (var i = 0; i < 3; i++)
                {
                    // Each waits until the reader has the one before: nothing may be held back.
                    await next.WaitAsync(call.CancellationToken);
                    await responses.WriteAsync(new HealthCheckResponse { Status = (HealthCheckResponse.Types.ServingStatus)i });
                }
                throw new GrpcException(GrpcStatusCode.OutOfRange, "that was all");
            }));
        var seen = new List<int>();

        var error = await Should.ThrowAsync<GrpcException>(async () =>
        {
            await foreach (var response in server.Channel.ServerStreamingAsync(EchoService.Watch, Request, new GrpcCallOptions { Timeout = TimeSpan.FromMinutes(1) }))
            {
                seen.Add((int)response.Status);
                next.Release();
            }
        });

        seen.ShouldBe([0, 1, 2]);
        error.Status.ShouldBe(GrpcStatusCode.OutOfRange);
    }

    [Fact]
    public async Task ServerStreaming_ReaderLeaves_HandlerIsCancelled()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ServedHealth.StartAsync(service => service.ServerStreaming<HealthCheckRequest, HealthCheckResponse>(
            "Watch",
            async (_, responses, call) =>
            {
                call.CancellationToken.Register(() => ended.TrySetResult());
                await responses.WriteAsync(ServedHealth.Serving);
                await Task.Delay(Timeout.Infinite, call.CancellationToken);
            }));
        await foreach (var response in server.Channel.ServerStreamingAsync(EchoService.Watch, Request))
        {
            response.ShouldBe(ServedHealth.Serving);
            break;
        }
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Definition_WrongTypesOrNames_AreRefusedWhenMade()
    {
        var service = new GrpcServiceDefinition(EchoService.Health);
        Should.Throw<ArgumentException>(() => service.Unary<HealthCheckRequest, HealthCheckResponse>("Czech", (_, _) => Task.FromResult(ServedHealth.Serving)));
        Should.Throw<ArgumentException>(() => service.Unary<HealthCheckResponse, HealthCheckResponse>("Check", (_, _) => Task.FromResult(ServedHealth.Serving)));
        Should.Throw<ArgumentException>(() => service.Unary<HealthCheckRequest, HealthCheckResponse>("Watch", (_, _) => Task.FromResult(ServedHealth.Serving)));
        service.Unary<HealthCheckRequest, HealthCheckResponse>("Check", (_, _) => Task.FromResult(ServedHealth.Serving));
        Should.Throw<ArgumentException>(() => service.Unary<HealthCheckRequest, HealthCheckResponse>("Check", (_, _) => Task.FromResult(ServedHealth.Serving)));
    }
}
