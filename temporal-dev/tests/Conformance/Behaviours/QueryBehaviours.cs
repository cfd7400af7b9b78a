using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Queries.</summary>
public abstract class QueryBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Query_OfARunningWorkflow_SeesItsState() => WithWorkerAsync(
        options => options.AddWorkflow<CountingWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((CountingWorkflow wf) => wf.RunAsync(), Options(queue));
            await FirstTaskDoneAsync(handle);
            await handle.SignalAsync(wf => wf.CountAsync(3));
            (await handle.QueryAsync(wf => wf.Plus(10))).ShouldBe(13);
            (await handle.QueryAsync(wf => wf.Count)).ShouldBe(3);
            await handle.SignalAsync(wf => wf.CountAsync(-3));
            await handle.TerminateAsync();
        });

    [Fact]
    public Task Query_OfAClosedWorkflow_SeesItsLastState() => WithWorkerAsync(
        options => options.AddWorkflow<ClosedWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((ClosedWorkflow wf) => wf.RunAsync(), Options(queue));
            await handle.GetResultAsync();
            (await handle.QueryAsync(wf => wf.State)).ShouldBe("done");
        });

    [Fact]
    public Task Query_WithAnUnknownName_FailsNamingTheKnownOnes() => WithWorkerAsync(
        options => options.AddWorkflow<ClosedWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((ClosedWorkflow wf) => wf.RunAsync(), Options(queue));
            var error = await Should.ThrowAsync<WorkflowQueryFailedException>(() => handle.QueryAsync<string>("Unknown", []));
            error.Message.ShouldContain("State");
            await handle.GetResultAsync();
        });

    [Fact]
    public Task Query_ThatThrows_FailsOnlyTheQuery() => WithWorkerAsync(
        options => options.AddWorkflow<ClosedWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((ClosedWorkflow wf) => wf.RunAsync(), Options(queue));
            (await Should.ThrowAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(wf => wf.Throw()))).Message.ShouldContain("query bug");
            await handle.GetResultAsync();
        });

    [Fact]
    public Task Query_OfTheMetadata_ShowsCurrentDetailsAndHandlers() => WithWorkerAsync(
        options => options.AddWorkflow<DetailedWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((DetailedWorkflow wf) => wf.RunAsync(), Options(queue));
            await EventuallyAsync(async () => (await EventTypesAsync(handle)).Contains(Api.Enums.V1.EventType.WorkflowTaskCompleted));
            var metadata = await handle.QueryAsync<Api.Sdk.V1.WorkflowMetadata>("__temporal_workflow_metadata", []);
            metadata.CurrentDetails.ShouldBe("waiting for the bank");
            metadata.Definition.Type.ShouldBe("DetailedWorkflow");
            metadata.Definition.UpdateDefinitions.Select(d => d.Name).ShouldBe(["Resolve"]);
            await handle.TerminateAsync();
        });

    [Fact]
    public Task Query_OfTheStackTrace_ShowsWhereTheWorkflowWaits() => WithWorkerAsync(
        options =>
        {
            options.AddWorkflow<DetailedWorkflow>();
            options.WorkflowStackTrace = Worker.WorkflowStackTrace.Normal;
        },
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((DetailedWorkflow wf) => wf.RunAsync(), Options(queue));
            await EventuallyAsync(async () => (await EventTypesAsync(handle)).Contains(Api.Enums.V1.EventType.WorkflowTaskCompleted));
            (await handle.QueryAsync<string>("__stack_trace", [])).ShouldContain(nameof(DetailedWorkflow));
            await handle.TerminateAsync();
        });

    [Fact]
    public Task Query_AfterAnotherWorkerTakesOver_IsAnsweredFromReplay() => RecordedAsync(
        async () =>
        {
            var queue = NewId("queue");
            var handle = await Client.StartWorkflowAsync((CountingWorkflow wf) => wf.RunAsync(), Options(queue));
            using (var first = new Worker.TemporalWorker(Client, new Worker.TemporalWorkerOptions(queue).AddWorkflow<CountingWorkflow>()))
            {
                await first.ExecuteAsync(async () =>
                {
                    await handle.SignalAsync(wf => wf.CountAsync(5));
                    (await handle.QueryAsync(wf => wf.Count)).ShouldBe(5);
                });
            }

            using var second = new Worker.TemporalWorker(Client, new Worker.TemporalWorkerOptions(queue).AddWorkflow<CountingWorkflow>());
            var count = await second.ExecuteAsync(() => handle.QueryAsync(wf => wf.Count));

            count.ShouldBe(5);
            await handle.TerminateAsync();
        });

    [Workflow]
    public class CountingWorkflow
    {
        [WorkflowQuery]
        public int Count { get; private set; }

        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

        [WorkflowSignal]
        public Task CountAsync(int by)
        {
            Count += by;
            return Task.CompletedTask;
        }

        [WorkflowQuery]
        public int Plus(int more) => Count + more;
    }

    [Workflow]
    public class DetailedWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync()
        {
            Workflow.CurrentDetails = "waiting for the bank";
            await Workflow.WaitConditionAsync(() => false);
        }

        [WorkflowUpdate]
        public Task ResolveAsync() => Task.CompletedTask;
    }

    [Workflow]
    public class ClosedWorkflow
    {
        [WorkflowQuery]
        public string State { get; private set; } = "new";

        [WorkflowRun]
        public async Task RunAsync()
        {
            await Workflow.DelayAsync(1);
            State = "done";
        }

        [WorkflowQuery]
        public string Throw() => throw new InvalidOperationException("query bug");
    }
}
