using Google.Protobuf;
using GrpcWire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Connection;

public class RealServerConnectionTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    [SkippableFact]
    public async Task Connection_RealServer_AnswersHealthAndCapabilities()
    {
        RealServerFixture.RequireOracle();
        var connection = await TemporalConnection.ConnectAsync(new(server.TargetHost));
        (await connection.CheckHealthAsync()).ShouldBeTrue();
        (await connection.CheckHealthAsync(connection.OperatorService)).ShouldBeTrue();
        connection.ServerCapabilities!.UpsertMemo.ShouldBeTrue();
        (await connection.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" })).NamespaceInfo.Name.ShouldBe("default");
    }

    [SkippableFact]
    public async Task Call_WorkflowStartedTwice_CarriesTheServersDetail()
    {
        RealServerFixture.RequireOracle();
        var service = server.Client.WorkflowService;
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = RealServerFixture.NewId("twice"),
            WorkflowType = new WorkflowType { Name = "Any" },
            TaskQueue = new() { Name = "nobody" },
            RequestId = Guid.NewGuid().ToString(),
        };
        var first = await service.StartWorkflowExecutionAsync(request);
        request.RequestId = Guid.NewGuid().ToString();

        var error = await Should.ThrowAsync<RpcException>(service.StartWorkflowExecutionAsync(request));

        error.Code.ShouldBe(RpcException.StatusCode.AlreadyExists);
        var detail = error.GrpcStatus.Value!.Details.ShouldHaveSingleItem().Unpack<WorkflowExecutionAlreadyStartedFailure>();
        detail.RunId.ShouldBe(first.RunId);
    }

    [SkippableFact]
    public async Task Call_LongPollCancelled_EndsAtOnceAndTheConnectionGoesOn()
    {
        RealServerFixture.RequireOracle();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var poll = server.Client.WorkflowService.PollWorkflowTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = RealServerFixture.NewId("idle") }, Identity = "test" },
            new() { Retry = true, CancellationToken = source.Token });
        await Should.ThrowAsync<OperationCanceledException>(poll.WaitAsync(TimeSpan.FromSeconds(30)));
        (await server.Client.Connection.CheckHealthAsync()).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task Call_LargeRequestWithGzip_IsUnderstoodByTheRealServer()
    {
        RealServerFixture.RequireOracle();
        using var channel = new GrpcChannel(new GrpcChannelOptions { Address = new Uri("http://" + server.TargetHost), CompressRequests = true });
        const string Service = "temporal.api.workflowservice.v1.WorkflowService";
        var id = RealServerFixture.NewId("large");
        var start = new GrpcMethod<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>(Service, "StartWorkflowExecution", StartWorkflowExecutionResponse.Parser);
        var history = new GrpcMethod<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>(
            Service, "GetWorkflowExecutionHistory", GetWorkflowExecutionHistoryResponse.Parser);

        await channel.UnaryAsync(start, new()
        {
            Namespace = "default",
            WorkflowId = id,
            WorkflowType = new WorkflowType { Name = "Any" },
            TaskQueue = new() { Name = "nobody" },
            RequestId = id,
            Input = new() { Payloads_ = { new Payload { Data = ByteString.CopyFrom(new byte[1_500_000]) } } },
        });
        var found = await channel.UnaryAsync(history, new() { Namespace = "default", Execution = new() { WorkflowId = id } });

        found.History.Events[0].WorkflowExecutionStartedEventAttributes.Input.Payloads_.Single().Data.Length.ShouldBe(1_500_000);
    }
}
