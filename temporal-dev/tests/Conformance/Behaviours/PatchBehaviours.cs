using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Patches: old runs keep their way, new runs take the new one.</summary>
public abstract class PatchBehaviours(ConformanceServer server) : Behaviour(server)
{
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> ChangeVersion =
        SearchAttributeKey.CreateKeywordList("TemporalChangeVersion");

    [Fact]
    public Task Patched_InANewRun_IsRecorded() => WithWorkerAsync(
        options => options.AddWorkflow<PatchedWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync<PatchedWorkflow, string>(wf => wf.RunAsync(), Options(queue));
            await FirstTaskDoneAsync(handle);
            await handle.SignalAsync("GoOn", []);
            (await handle.GetResultAsync()).ShouldBe("new");
            (await EventTypesAsync(handle)).ShouldContain(EventType.MarkerRecorded);
            (await handle.DescribeAsync()).TypedSearchAttributes.Get(ChangeVersion).ShouldBe(["the-patch"]);
        });

    [Fact]
    public Task Patched_InARunFromBefore_StaysOnTheOldWay() => RecordedAsync(
        async () =>
        {
            var queue = NewId("queue");
            var handle = await Client.StartWorkflowAsync<OldWorkflow, string>(wf => wf.RunAsync(), Options(queue));
            using (var old = new TemporalWorker(Client, new TemporalWorkerOptions(queue).AddWorkflow<OldWorkflow>()))
            {
                await old.ExecuteAsync(() => EventuallyAsync(async () =>
                    (await EventTypesAsync(handle)).Contains(EventType.WorkflowTaskCompleted)));
            }

            using var patched = new TemporalWorker(Client, new TemporalWorkerOptions(queue).AddWorkflow<PatchedWorkflow>());
            var result = await patched.ExecuteAsync(async () =>
            {
                await handle.SignalAsync("GoOn", []);
                return await handle.GetResultAsync();
            });

            result.ShouldBe("old");
        });

    [Fact]
    public Task DeprecatePatch_AfterEveryRunIsNew_GoesOnWithThem() => RecordedAsync(
        async () =>
        {
            var queue = NewId("queue");
            var handle = await Client.StartWorkflowAsync<PatchedWorkflow, string>(wf => wf.RunAsync(), Options(queue));
            using (var patched = new TemporalWorker(Client, new TemporalWorkerOptions(queue).AddWorkflow<PatchedWorkflow>()))
            {
                await patched.ExecuteAsync(() => EventuallyAsync(async () =>
                    (await EventTypesAsync(handle)).Contains(EventType.WorkflowTaskCompleted)));
            }

            using var deprecated = new TemporalWorker(Client, new TemporalWorkerOptions(queue).AddWorkflow<DeprecatedWorkflow>());
            var result = await deprecated.ExecuteAsync(async () =>
            {
                await handle.SignalAsync("GoOn", []);
                return await handle.GetResultAsync();
            });

            result.ShouldBe("new");
        });

    [Workflow("Versioned")]
    public class OldWorkflow : Version
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await WaitAsync();
            return "old";
        }
    }

    [Workflow("Versioned")]
    public class PatchedWorkflow : Version
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            var isNew = Workflow.Patched("the-patch");
            await WaitAsync();
            return isNew ? "new" : "old";
        }
    }

    [Workflow("Versioned")]
    public class DeprecatedWorkflow : Version
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            Workflow.DeprecatePatch("the-patch");
            await WaitAsync();
            return "new";
        }
    }

    /// <summary>What all versions share.</summary>
    public abstract class Version
    {
        private bool goOn;

        [WorkflowSignal("GoOn")]
        public Task GoOnAsync()
        {
            goOn = true;
            return Task.CompletedTask;
        }

        protected Task WaitAsync() => Workflow.WaitConditionAsync(() => goOn);
    }
}
