using Google.Protobuf;
using GrpcWire;
using GrpcWire.Server;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.InTree.Tests.Connection;

public class TemporalConnectionTests
{
    private static readonly RpcOptions Retrying = new() { Retry = true };

    private static readonly RpcRetryOptions Quick = new() { InitialInterval = TimeSpan.FromMilliseconds(1), MaxInterval = TimeSpan.FromMilliseconds(2) };

    [Fact]
    public async Task ConnectAsync_ServerAnswers_KeepsItsCapabilities()
    {
        await using var server = await FakeFrontend.StartAsync(_ => { });
        var options = new TemporalConnectionOptions(server.Target);
        var connection = await TemporalConnection.ConnectAsync(options);
        connection.IsConnected.ShouldBeTrue();
        connection.ServerCapabilities!.UpsertMemo.ShouldBeTrue();
        options.Identity.ShouldStartWith($"{Environment.ProcessId}@");
    }

    [Fact]
    public async Task ConnectAsync_ServerWithoutGetSystemInfo_ConnectsWithoutCapabilities()
    {
        await using var server = await FakeFrontend.StartAsync(_ => { }, (_, _) => throw new GrpcException(GrpcStatusCode.Unimplemented, "old"));
        var connection = await TemporalConnection.ConnectAsync(new(server.Target));
        connection.ServerCapabilities.ShouldBe(new GetSystemInfoResponse.Types.Capabilities());
    }

    [Fact]
    public async Task ConnectAsync_NobodyThere_SaysWhere()
    {
        var error = await Should.ThrowAsync<InvalidOperationException>(TemporalConnection.ConnectAsync(new("127.0.0.1:1")));
        error.Message.ShouldContain("127.0.0.1:1");
        error.InnerException.ShouldBeOfType<RpcException>().Code.ShouldBe(RpcException.StatusCode.Unavailable);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("http://localhost:7233")]
    [InlineData("localhost:0")]
    [InlineData("localhost:70000")]
    [InlineData(":7233")]
    [InlineData("bad host:7233")]
    public async Task ConnectAsync_TargetThatIsNone_IsRefused(string? target) =>
        await Should.ThrowAsync<ArgumentException>(TemporalConnection.ConnectAsync(new() { TargetHost = target }));

    [Fact]
    public async Task CreateLazy_FirstCall_ConnectsAndMetadataMayChangeOnlyThen()
    {
        await using var server = await FakeFrontend.StartAsync(Describe());
        var connection = TemporalConnection.CreateLazy(new(server.Target));
        connection.IsConnected.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => connection.ApiKey = "key");

        await connection.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" });

        connection.IsConnected.ShouldBeTrue();
        connection.ApiKey = "key";
        connection.ApiKey.ShouldBe("key");
    }

    [Fact]
    public async Task Call_Headers_CarryClientNamespaceKeyAndMetadata()
    {
        var seen = new List<GrpcMetadata>();
        await using var server = await FakeFrontend.StartAsync(Describe(call => seen.Add(call.RequestHeaders)));
        var connection = await TemporalConnection.ConnectAsync(new(server.Target)
        {
            Tls = new() { Disabled = true },
            ApiKey = "first",
            RpcMetadata = new Dictionary<string, string> { ["x-team"] = "payments" },
            RpcBinaryMetadata = new Dictionary<string, byte[]> { ["x-trace-bin"] = [1, 2] },
        });
        var request = new DescribeNamespaceRequest { Namespace = "bank" };

        await connection.WorkflowService.DescribeNamespaceAsync(request);
        connection.ApiKey = "second";
        await connection.WorkflowService.DescribeNamespaceAsync(request, new() { Metadata = new Dictionary<string, string> { ["X-Team"] = "audit" } });
        connection.RpcMetadata = new Dictionary<string, string> { ["authorization"] = "Basic own" };
        await connection.WorkflowService.DescribeNamespaceAsync(request);

        seen[0].GetText("client-name").ShouldBe("temporal-dotnet");
        seen[0].GetText("client-version").ShouldNotBeNullOrEmpty();
        seen[0].GetText("temporal-namespace").ShouldBe("bank");
        seen[0].GetText("authorization").ShouldBe("Bearer first");
        seen[0].GetText("x-team").ShouldBe("payments");
        seen[0].GetBytes("x-trace-bin").ShouldBe([1, 2]);
        seen[1].GetText("authorization").ShouldBe("Bearer second");
        seen[1].Where(entry => entry.Name == "x-team").Select(entry => entry.Text).ShouldBe(["audit"]);
        seen[2].GetText("authorization").ShouldBe("Basic own");
        seen[2].GetText("x-team").ShouldBeNull();
    }

    [Fact]
    public async Task RpcMetadata_ThatCouldForgeAHeader_IsRefusedAndTheOldStays()
    {
        await using var server = await FakeFrontend.StartAsync(_ => { });
        var connection = await TemporalConnection.ConnectAsync(new(server.Target) { RpcMetadata = new Dictionary<string, string> { ["x-ok"] = "1" } });
        Should.Throw<ArgumentException>(() => connection.RpcMetadata = new Dictionary<string, string> { ["x-bad"] = "1\r\nauthorization: me" });
        connection.RpcMetadata.Single().Key.ShouldBe("x-ok");
    }

    [Theory]
    [InlineData(GrpcStatusCode.Unavailable)]
    [InlineData(GrpcStatusCode.Internal)]
    [InlineData(GrpcStatusCode.Unknown)]
    [InlineData(GrpcStatusCode.Aborted)]
    [InlineData(GrpcStatusCode.OutOfRange)]
    [InlineData(GrpcStatusCode.DataLoss)]
    public async Task Call_TransientFailures_AreRetriedOnlyWhereAsked(GrpcStatusCode status)
    {
        var calls = 0;
        await using var server = await FakeFrontend.StartAsync(Describe(_ =>
        {
            if (Interlocked.Increment(ref calls) < 4) throw new GrpcException(status, "not now");
        }));
        var connection = await TemporalConnection.ConnectAsync(new(server.Target) { RpcRetry = Quick });

        await connection.WorkflowService.DescribeNamespaceAsync(new(), Retrying);
        calls.ShouldBe(4);

        calls = 0;
        await Should.ThrowAsync<RpcException>(connection.WorkflowService.DescribeNamespaceAsync(new()));
        calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(GrpcStatusCode.NotFound)]
    [InlineData(GrpcStatusCode.InvalidArgument)]
    [InlineData(GrpcStatusCode.AlreadyExists)]
    [InlineData(GrpcStatusCode.FailedPrecondition)]
    [InlineData(GrpcStatusCode.PermissionDenied)]
    [InlineData(GrpcStatusCode.Unauthenticated)]
    [InlineData(GrpcStatusCode.Unimplemented)]
    [InlineData(GrpcStatusCode.DeadlineExceeded)]
    [InlineData(GrpcStatusCode.Cancelled)]
    public async Task Call_FinalFailures_AreToldAtOnceWithTheirDetails(GrpcStatusCode status)
    {
        var calls = 0;
        await using var server = await FakeFrontend.StartAsync(Describe(_ =>
        {
            calls++;
            throw new GrpcException(status, "no", new Api.Common.V1.GrpcStatus { Code = (int)status, Message = "because" }.ToByteArray());
        }));
        var connection = await TemporalConnection.ConnectAsync(new(server.Target) { RpcRetry = Quick });

        var error = await Should.ThrowAsync<RpcException>(connection.WorkflowService.DescribeNamespaceAsync(new(), Retrying));

        ((int)error.Code).ShouldBe((int)status);
        error.Message.ShouldBe("no");
        error.GrpcStatus.Value!.Message.ShouldBe("because");
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task Call_FailuresWithoutEnd_EndWithTheLastAfterMaxRetries()
    {
        var calls = 0;
        await using var server = await FakeFrontend.StartAsync(Describe(_ =>
        {
            calls++;
            throw new GrpcException(GrpcStatusCode.Unavailable, "never");
        }));
        var connection = await TemporalConnection.ConnectAsync(new(server.Target) { RpcRetry = Quick });
        await Should.ThrowAsync<RpcException>(connection.WorkflowService.DescribeNamespaceAsync(new(), Retrying));
        calls.ShouldBe(Quick.MaxRetries);
    }

    [Fact]
    public async Task Call_CancelledWhileWaitingToRetry_ThrowsTheToken()
    {
        using var source = new CancellationTokenSource();
        await using var server = await FakeFrontend.StartAsync(Describe(_ =>
        {
            source.CancelAfter(TimeSpan.FromMilliseconds(50));
            throw new GrpcException(GrpcStatusCode.Unavailable, "wait");
        }));
        var connection = await TemporalConnection.ConnectAsync(new(server.Target) { RpcRetry = new() { InitialInterval = TimeSpan.FromMinutes(1), MaxElapsedTime = null, MaxInterval = TimeSpan.FromMinutes(1) } });
        await Should.ThrowAsync<OperationCanceledException>(
            connection.WorkflowService.DescribeNamespaceAsync(new(), new() { Retry = true, CancellationToken = source.Token }).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Call_TimeoutOfTheOptions_ReachesTheServerAndEndsTheCall()
    {
        DateTimeOffset? deadline = null;
        await using var server = await FakeFrontend.StartAsync(service => service.Unary<DescribeNamespaceRequest, DescribeNamespaceResponse>(
            "DescribeNamespace",
            async (_, call) =>
            {
                deadline = call.Deadline;
                await Task.Delay(Timeout.Infinite, call.CancellationToken);
                return new DescribeNamespaceResponse();
            }));
        var connection = await TemporalConnection.ConnectAsync(new(server.Target));
        var error = await Should.ThrowAsync<RpcException>(
            connection.WorkflowService.DescribeNamespaceAsync(new(), new() { Timeout = TimeSpan.FromMilliseconds(300) }));
        error.Code.ShouldBe(RpcException.StatusCode.DeadlineExceeded);
        deadline.ShouldNotBeNull();
    }

    private static Action<GrpcServiceDefinition> Describe(Action<GrpcServerCall>? onCall = null) =>
        service => service.Unary<DescribeNamespaceRequest, DescribeNamespaceResponse>("DescribeNamespace", (_, call) =>
        {
            onCall?.Invoke(call);
            return Task.FromResult(new DescribeNamespaceResponse());
        });
}
