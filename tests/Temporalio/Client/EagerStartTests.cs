using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Connection;
using Temporalio.InTree.Tests.Support;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Client;

/// <summary>First workflow tasks that come with the answer to a start.</summary>
public sealed class EagerStartTests
{
    private readonly List<string> events = [];
    private StartWorkflowExecutionRequest? asked;

    [Fact]
    public async Task Start_WhereAWorkerHasASlot_AsksAndHandsItTheTask()
    {
        await using var server = await ServerAsync(request => new() { RunId = "run", EagerWorkflowTask = new() { Attempt = 1 } });
        var client = await ConnectAsync(server, "queue");

        await client.StartWorkflowAsync("Flow", [], new("id", "queue") { RequestEagerStart = true });

        asked!.RequestEagerExecution.ShouldBeTrue();
        asked.EagerWorkerDeploymentOptions.BuildId.ShouldBe("build");
        events.ShouldBe(["reserved", "started 1"]);
    }

    [Fact]
    public async Task Start_ThatGetsNoTask_GivesTheSlotBack()
    {
        await using var server = await ServerAsync(_ => new() { RunId = "run" });
        var client = await ConnectAsync(server, "queue");

        await client.StartWorkflowAsync("Flow", [], new("id", "queue") { RequestEagerStart = true });

        events.ShouldBe(["reserved", "released"]);
    }

    [Fact]
    public async Task Start_ThatIsRefused_GivesTheSlotBack()
    {
        await using var server = await ServerAsync(_ => throw new GrpcWire.GrpcException(GrpcWire.GrpcStatusCode.InvalidArgument, "no"));
        var client = await ConnectAsync(server, "queue");

        await Should.ThrowAsync<RpcException>(client.StartWorkflowAsync("Flow", [], new("id", "queue") { RequestEagerStart = true }));

        events.ShouldBe(["reserved", "released"]);
    }

    [Theory]
    [InlineData("another", true)]
    [InlineData("queue", false)]
    public async Task Start_WithoutAWorkerOrTheWish_DoesNotAsk(string taskQueue, bool wish)
    {
        await using var server = await ServerAsync(_ => new() { RunId = "run" });
        var client = await ConnectAsync(server, "queue");

        await client.StartWorkflowAsync("Flow", [], new("id", taskQueue) { RequestEagerStart = wish });

        asked!.RequestEagerExecution.ShouldBeFalse();
        events.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Start_BesideAWorkerOnTheRealServer_IsEager()
    {
        RealServerFixture.RequireOracle();
        var client = await TemporalClient.ConnectAsync(new(await RealServer.TargetHostAsync()));
        var queue = RealServerFixture.NewId("eager");
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue).AddWorkflow<EagerWorkflow>());

        var history = await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync(
                (EagerWorkflow flow) => flow.RunAsync(), new(RealServerFixture.NewId("flow"), queue) { RequestEagerStart = true });
            (await handle.GetResultAsync()).ShouldBe("done");
            return await handle.FetchHistoryAsync();
        });

        history.Events.First().WorkflowExecutionStartedEventAttributes.EagerExecutionAccepted.ShouldBeTrue();
    }

    private async Task<TemporalClient> ConnectAsync(FakeFrontend server, string queue)
    {
        var connection = await TemporalConnection.ConnectAsync(new(server.Target));
        var removeOther = connection.EagerWorkflows.Add("default", queue, () => throw new InvalidOperationException("was removed"));
        connection.EagerWorkflows.Add("default", queue, () =>
        {
            events.Add("reserved");
            return new(new() { BuildId = "build" }, task => events.Add($"started {task.Attempt}"), () => events.Add("released"));
        });
        removeOther();
        return new(connection, new());
    }

    private Task<FakeFrontend> ServerAsync(Func<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse> answer) =>
        FakeFrontend.StartAsync(service => service.Unary<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>(
            "StartWorkflowExecution",
            (request, _) =>
            {
                asked = request;
                return Task.FromResult(answer(request));
            }));

    [Workflow]
    public sealed class EagerWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.DelayAsync(1);
            return "done";
        }
    }
}
