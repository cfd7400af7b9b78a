using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;

namespace Temporalio.InTree.Tests.Client;

public class RealServerUpdateTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    private readonly string id = RealServerFixture.NewId("update");

    private TemporalClient Client => server.Client;

    private RawWorker Worker => new(Client, id);

    [SkippableFact]
    public async Task ExecuteUpdateAsync_AcceptedAndCompleted_GivesTheResult()
    {
        RealServerFixture.RequireOracle();
        var handle = await StartIdleWorkflowAsync();

        var updating = handle.ExecuteUpdateAsync<string>("approve", ["me"], new("update-1"));
        await Worker.AnswerUpdateAsync(Success("approved"));

        (await updating).ShouldBe("approved");
        (await handle.GetUpdateHandle<string>("update-1").GetResultAsync()).ShouldBe("approved");
        // The same id is the same update: no worker is asked again.
        (await handle.ExecuteUpdateAsync<string>("approve", ["other"], new("update-1"))).ShouldBe("approved");
    }

    [SkippableFact]
    public async Task ExecuteUpdateAsync_Rejected_ThrowsTheReason()
    {
        RealServerFixture.RequireOracle();
        var handle = await StartIdleWorkflowAsync();
        var failure = await DataConverter.Default.ToFailureAsync(new ApplicationFailureException("not you", "Forbidden"));

        var updating = handle.ExecuteUpdateAsync("approve", []);
        await Worker.AnswerUpdateAsync(new() { Failure = failure }, reject: true);

        var thrown = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => updating);
        thrown.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("Forbidden");
    }

    [SkippableFact]
    public async Task StartUpdateAsync_NobodyAccepts_EndsWithTheCallersToken()
    {
        RealServerFixture.RequireOracle();
        var handle = await StartIdleWorkflowAsync();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<WorkflowUpdateRpcTimeoutOrCanceledException>(() => handle.StartUpdateAsync(
            "approve", [], new(WorkflowUpdateStage.Accepted) { Rpc = new() { CancellationToken = source.Token } }));
    }

    [SkippableFact]
    public async Task ExecuteUpdateWithStartWorkflowAsync_NewAndRunning_UseOneWorkflow()
    {
        RealServerFixture.RequireOracle();
        var first = Start(WorkflowIdConflictPolicy.UseExisting);
        var updating = Client.ExecuteUpdateWithStartWorkflowAsync<int>("add", [1], new(first));
        await Worker.AnswerUpdateAsync(Success(1));
        (await updating).ShouldBe(1);

        var second = Start(WorkflowIdConflictPolicy.UseExisting);
        updating = Client.ExecuteUpdateWithStartWorkflowAsync<int>("add", [2], new(second));
        await Worker.AnswerUpdateAsync(Success(3));
        (await updating).ShouldBe(3);

        (await second.GetHandleAsync()).ResultRunId.ShouldBe((await first.GetHandleAsync()).ResultRunId);
        var refused = Start(WorkflowIdConflictPolicy.Fail);
        var thrown = await Should.ThrowAsync<WorkflowAlreadyStartedException>(
            () => Client.ExecuteUpdateWithStartWorkflowAsync<int>("add", [3], new(refused)));
        thrown.RunId.ShouldBe((await first.GetHandleAsync()).ResultRunId);
    }

    private static Outcome Success(object value) => new() { Success = RawWorker.ToPayloads(value) };

    private WithStartWorkflowOperation<WorkflowHandle> Start(WorkflowIdConflictPolicy policy) =>
        WithStartWorkflowOperation.Create("Flow", [], new(id, id) { IdConflictPolicy = policy });

    private async Task<WorkflowHandle> StartIdleWorkflowAsync()
    {
        var handle = await Client.StartWorkflowAsync("Flow", [], new(id, id));
        await Worker.AnswerNextAsync();
        return handle;
    }
}
