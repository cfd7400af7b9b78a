using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>What a second start with the same id does.</summary>
public abstract class IdPolicyBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Start_WhileTheIdRuns_IsRefusedWithTheRun() => WithWorkerAsync(
        options => options.AddWorkflow<UntilToldWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            var error = await Should.ThrowAsync<WorkflowAlreadyStartedException>(() => StartAsync(queue, handle.Id));
            error.RunId.ShouldBe(handle.ResultRunId);
            await FinishAsync(handle);
        });

    [Fact]
    public Task Start_WhileTheIdRunsWithUseExisting_AnswersTheRun() => WithWorkerAsync(
        options => options.AddWorkflow<UntilToldWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            var second = await StartAsync(queue, handle.Id, o => o.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting);
            second.ResultRunId.ShouldBe(handle.ResultRunId);
            await FinishAsync(handle);
        });

    [Fact]
    public Task Start_WhileTheIdRunsWithTerminateExisting_EndsTheRun() => WithWorkerAsync(
        options => options.AddWorkflow<UntilToldWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            await FirstTaskDoneAsync(handle);
            var second = await StartAsync(queue, handle.Id, o => o.IdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting);
            second.ResultRunId.ShouldNotBe(handle.ResultRunId);
            (await Client.GetWorkflowHandle(handle.Id, handle.ResultRunId).DescribeAsync()).Status.ShouldBe(WorkflowExecutionStatus.Terminated);
            await FinishAsync(second);
        });

    [Fact]
    public Task Start_AfterTheIdClosedWithRejectDuplicate_IsRefused() => WithWorkerAsync(
        options => options.AddWorkflow<UntilToldWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            await FinishAsync(handle);
            await Should.ThrowAsync<WorkflowAlreadyStartedException>(
                () => StartAsync(queue, handle.Id, o => o.IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate));
        });

    [Fact]
    public Task Start_AfterTheIdClosedWithAllowDuplicate_IsANewRun() => WithWorkerAsync(
        options => options.AddWorkflow<UntilToldWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            await FinishAsync(handle);
            var second = await StartAsync(queue, handle.Id);
            second.ResultRunId.ShouldNotBe(handle.ResultRunId);
            await FinishAsync(second);
        });

    [Fact]
    public Task Start_AfterTheIdFailedWithAllowDuplicateFailedOnly_IsANewRun() => WithWorkerAsync(
        options => options.AddWorkflow<UntilToldWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            await FirstTaskDoneAsync(handle);
            await handle.TerminateAsync();
            var second = await StartAsync(queue, handle.Id, o => o.IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicateFailedOnly);
            await FinishAsync(second);
            await Should.ThrowAsync<WorkflowAlreadyStartedException>(
                () => StartAsync(queue, handle.Id, o => o.IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicateFailedOnly));
        });

    private static async Task FinishAsync(WorkflowHandle<UntilToldWorkflow> handle)
    {
        await FirstTaskDoneAsync(handle);
        await handle.SignalAsync(wf => wf.FinishAsync());
        await handle.GetResultAsync();
    }

    private Task<WorkflowHandle<UntilToldWorkflow>> StartAsync(string queue, string? id = null, Action<WorkflowOptions>? change = null)
    {
        var options = Options(queue);
        options.Id = id ?? options.Id;
        change?.Invoke(options);
        return Client.StartWorkflowAsync((UntilToldWorkflow wf) => wf.RunAsync(), options);
    }

    [Workflow]
    public class UntilToldWorkflow
    {
        private bool told;

        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => told);

        [WorkflowSignal]
        public Task FinishAsync()
        {
            told = true;
            return Task.CompletedTask;
        }
    }
}
