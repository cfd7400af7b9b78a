using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Continue-as-new.</summary>
public abstract class ContinueAsNewBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task ContinueAsNew_ThreeTimes_EndsWithTheLastRunsResult() => WithWorkerAsync(
        options => options.AddWorkflow<ContinuingWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((ContinuingWorkflow wf) => wf.RunAsync(3), Options(queue));
            (await handle.GetResultAsync()).ShouldBe("done");
            var first = Client.GetWorkflowHandle(handle.Id, handle.ResultRunId);
            (await first.DescribeAsync()).Status.ShouldBe(WorkflowExecutionStatus.ContinuedAsNew);
            (await EventTypesAsync(first))[^1].ShouldBe(EventType.WorkflowExecutionContinuedAsNew);
        });

    [Fact]
    public Task Info_OfAContinuedRun_NamesTheRunsBefore() => WithWorkerAsync(
        options => options.AddWorkflow<OriginWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((OriginWorkflow wf) => wf.RunAsync(true), Options(queue));
            (await handle.GetResultAsync()).ShouldBe([handle.ResultRunId!, handle.ResultRunId!]);
        });

    [Fact]
    public Task GetResult_WithoutFollowing_SaysThatItContinued() => WithWorkerAsync(
        options => options.AddWorkflow<ContinuingWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((ContinuingWorkflow wf) => wf.RunAsync(1), Options(queue));
            var error = await Should.ThrowAsync<WorkflowContinuedAsNewException>(() => handle.GetResultAsync(followRuns: false));
            error.NewRunId.ShouldNotBe(handle.ResultRunId);
            await handle.GetResultAsync();
        });

    [Fact]
    public Task ContinueAsNew_WithMemo_HandsItOn() => WithWorkerAsync(
        options => options.AddWorkflow<MemoWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.Memo = new Dictionary<string, object> { ["kept"] = "yes" };
            (await Client.ExecuteWorkflowAsync((MemoWorkflow wf) => wf.RunAsync(true), options)).ShouldBe(["kept"]);
        });

    [Workflow]
    public class ContinuingWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(int more) =>
            more == 0 ? Task.FromResult("done") : throw Workflow.CreateContinueAsNewException((ContinuingWorkflow wf) => wf.RunAsync(more - 1));
    }

    [Workflow]
    public class OriginWorkflow
    {
        [WorkflowRun]
        public Task<string?[]> RunAsync(bool first) => first
            ? throw Workflow.CreateContinueAsNewException((OriginWorkflow wf) => wf.RunAsync(false))
            : Task.FromResult<string?[]>([Workflow.Info.ContinuedRunId, Workflow.Info.FirstExecutionRunId]);
    }

    [Workflow]
    public class MemoWorkflow
    {
        [WorkflowRun]
        public Task<IReadOnlyCollection<string>> RunAsync(bool first) => first
            ? throw Workflow.CreateContinueAsNewException((MemoWorkflow wf) => wf.RunAsync(false))
            : Task.FromResult<IReadOnlyCollection<string>>([.. Workflow.Memo.Keys]);
    }
}
