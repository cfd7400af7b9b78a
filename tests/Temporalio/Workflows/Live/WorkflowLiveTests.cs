using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;
using Temporalio.Worker;

namespace Temporalio.InTree.Tests.Workflows.Live;

/// <summary>
/// Workflows of the in-tree runtime under the real server. Each history that comes of it is replayed at once.
/// </summary>
public sealed class WorkflowLiveTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    [SkippableFact]
    public async Task Run_TwoActivities_ReturnsTheirResults()
    {
        RealServerFixture.RequireOracle();
        await WithWorkerAsync(async worker =>
        {
            var handle = await server.Client.StartWorkflowAsync((SequenceWorkflow w) => w.RunAsync("bank"), NewOptions(worker));
            (await handle.GetResultAsync()).ShouldBe("Hello, bank! 5");
            await ReplayAsync(handle);
        });
    }

    [SkippableTheory]
    [InlineData("timeout", "timed out")]
    [InlineData("met", "met")]
    [InlineData("cancel-activity", "cancelled")]
    [InlineData("fail-activity", "no cover")]
    [InlineData("retry-activity", "second attempt")]
    [InlineData("parallel", "0,2,4,6,8")]
    [InlineData("local", "Hello, local! 23 locally")]
    [InlineData("patched", "new")]
    [InlineData("child", "met on purpose")]
    [InlineData("continue", "met")]
    [InlineData("memo", "seen")]
    public async Task Run_EachWay_ReturnsWhatItShould(string way, string expected)
    {
        RealServerFixture.RequireOracle();
        await WithWorkerAsync(async worker =>
        {
            var handle = await server.Client.StartWorkflowAsync((WaysWorkflow w) => w.RunAsync(way), NewOptions(worker));
            (await handle.GetResultAsync()).ShouldBe(expected);
            await ReplayAsync(handle);
        });
    }

    [SkippableTheory]
    [InlineData("local", "Hello, local! 23 locally")]
    [InlineData("parallel", "0,2,4,6,8")]
    [InlineData("child", "met on purpose")]
    public async Task Run_WithoutCache_ReplaysEachTask(string way, string expected)
    {
        RealServerFixture.RequireOracle();
        await WithWorkerAsync(
            async worker =>
            {
                var handle = await server.Client.StartWorkflowAsync((WaysWorkflow w) => w.RunAsync(way), NewOptions(worker));
                (await handle.GetResultAsync()).ShouldBe(expected);
            },
            options => options.MaxCachedWorkflows = 0);
    }

    [SkippableFact]
    public async Task Messages_SignalsQueriesUpdates_AreHandledInOrder()
    {
        RealServerFixture.RequireOracle();
        await WithWorkerAsync(async worker =>
        {
            var handle = await server.Client.StartWorkflowAsync((MessagesWorkflow w) => w.RunAsync(), NewOptions(worker));
            await handle.SignalAsync(w => w.AddAsync("one"));
            (await handle.ExecuteUpdateAsync(w => w.AppendAsync("two"))).ShouldBe(2);
            (await handle.QueryAsync(w => w.Seen)).ShouldBe(["one", "two"]);
            var refused = await Should.ThrowAsync<WorkflowUpdateFailedException>(
                () => handle.ExecuteUpdateAsync(w => w.AppendAsync(string.Empty)));
            refused.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("Empty");
            var failed = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(w => w.FailAsync()));
            failed.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("Unable");
            await handle.SignalAsync(w => w.CloseAsync());
            (await handle.GetResultAsync()).ShouldBe("one,two");
            await ReplayAsync(handle);
        });
    }

    [SkippableFact]
    public async Task Cancel_WaitingWorkflow_EndsAsCancelled()
    {
        RealServerFixture.RequireOracle();
        await WithWorkerAsync(async worker =>
        {
            var handle = await server.Client.StartWorkflowAsync((WaysWorkflow w) => w.RunAsync("wait"), NewOptions(worker));
            await handle.CancelAsync();
            var failure = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            failure.InnerException.ShouldBeOfType<CanceledFailureException>();
            await ReplayAsync(handle);
        });
    }

    [SkippableFact]
    public async Task Run_FailureException_FailsTheWorkflow()
    {
        RealServerFixture.RequireOracle();
        await WithWorkerAsync(async worker =>
        {
            var handle = await server.Client.StartWorkflowAsync((WaysWorkflow w) => w.RunAsync("fail"), NewOptions(worker));
            var failure = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            failure.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("Deliberate");
            (await handle.DescribeAsync()).Status.ShouldBe(WorkflowExecutionStatus.Failed);
        });
    }

    private static WorkflowOptions NewOptions(TemporalWorker worker) =>
        new(RealServerFixture.NewId("workflow"), worker.Options.TaskQueue!) { ExecutionTimeout = TimeSpan.FromSeconds(60) };

    private static async Task ReplayAsync(WorkflowHandle handle)
    {
        var history = await handle.FetchHistoryAsync();
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions()
            .AddWorkflow<SequenceWorkflow>().AddWorkflow<WaysWorkflow>().AddWorkflow<MessagesWorkflow>());
        (await replayer.ReplayWorkflowAsync(WorkflowHistory.FromJson(history.Id, history.ToJson()))).ReplayFailure.ShouldBeNull();
    }

    private async Task WithWorkerAsync(Func<TemporalWorker, Task> test, Action<TemporalWorkerOptions>? configure = null)
    {
        var options = new TemporalWorkerOptions(RealServerFixture.NewId("queue"))
            .AddWorkflow<SequenceWorkflow>().AddWorkflow<WaysWorkflow>().AddWorkflow<MessagesWorkflow>()
            .AddAllActivities(new Steps());
        configure?.Invoke(options);
        using var worker = new TemporalWorker(server.Client, options);
        await worker.ExecuteAsync(() => test(worker));
    }
}
