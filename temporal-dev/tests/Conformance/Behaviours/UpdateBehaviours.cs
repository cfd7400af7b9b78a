using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Updates and their validators.</summary>
public abstract class UpdateBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Update_ThatReturns_HasItsResult() => WithWorkerAsync(
        options => options.AddWorkflow<LedgerWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            (await handle.ExecuteUpdateAsync(wf => wf.PostAsync(5))).ShouldBe(5);
            (await handle.ExecuteUpdateAsync(wf => wf.PostAsync(2))).ShouldBe(7);
            await handle.SignalAsync(wf => wf.CloseAsync());
            (await handle.GetResultAsync()).ShouldBe(7);
        });

    [Fact]
    public Task Update_RefusedByItsValidator_LeavesNoTrace() => WithWorkerAsync(
        options => options.AddWorkflow<LedgerWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            var error = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.PostAsync(-1)));
            error.InnerException!.Message.ShouldBe("negative");
            (await EventTypesAsync(handle)).ShouldNotContain(EventType.WorkflowExecutionUpdateAccepted);
            await handle.SignalAsync(wf => wf.CloseAsync());
            (await handle.GetResultAsync()).ShouldBe(0);
        });

    [Fact]
    public Task Update_ThatThrowsAnApplicationFailure_FailsButNotTheWorkflow() => WithWorkerAsync(
        options => options.AddWorkflow<LedgerWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            var error = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.PostAsync(1000)));
            error.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("Limit");
            await handle.SignalAsync(wf => wf.CloseAsync());
            await handle.GetResultAsync();
        });

    [Fact]
    public Task Update_ThatWaits_IsAcceptedFirstAndCompletedLater() => WithWorkerAsync(
        options => options.AddWorkflow<LedgerWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            var update = await handle.StartUpdateAsync(wf => wf.WaitForAsync(3), new(WorkflowUpdateStage.Accepted));
            await handle.ExecuteUpdateAsync(wf => wf.PostAsync(3));
            (await update.GetResultAsync()).ShouldBe("reached 3");
            await handle.SignalAsync(wf => wf.CloseAsync());
            await handle.GetResultAsync();
            (await EventTypesAsync(handle)).Count(t => t == EventType.WorkflowExecutionUpdateCompleted).ShouldBe(2);
        });

    [Fact]
    public Task Update_WithTheSameId_RunsOnce() => WithWorkerAsync(
        options => options.AddWorkflow<LedgerWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            var id = NewId("update");
            (await handle.ExecuteUpdateAsync(wf => wf.PostAsync(4), new(id))).ShouldBe(4);
            (await handle.ExecuteUpdateAsync(wf => wf.PostAsync(4), new(id))).ShouldBe(4);
            await handle.SignalAsync(wf => wf.CloseAsync());
            (await handle.GetResultAsync()).ShouldBe(4);
        });

    [Fact]
    public Task UpdateWithStart_OfANewWorkflow_StartsAndUpdatesIt() => WithWorkerAsync(
        options => options.AddWorkflow<LedgerWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
            var start = WithStartWorkflowOperation.Create((LedgerWorkflow wf) => wf.RunAsync(), options);
            (await Client.ExecuteUpdateWithStartWorkflowAsync((LedgerWorkflow wf) => wf.PostAsync(6), new(start))).ShouldBe(6);
            var handle = await start.GetHandleAsync();
            await handle.SignalAsync(wf => wf.CloseAsync());
            (await handle.GetResultAsync()).ShouldBe(6);
        });

    [Fact]
    public Task UpdateWithStart_ThatEndsTheWorkflow_AnswersBoth() => WithWorkerAsync(
        options => options.AddWorkflow<OneUpdateWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
            var start = WithStartWorkflowOperation.Create((OneUpdateWorkflow wf) => wf.RunAsync(), options);
            (await Client.ExecuteUpdateWithStartWorkflowAsync((OneUpdateWorkflow wf) => wf.FinishAsync(8), new(start))).ShouldBe(8);
            (await (await start.GetHandleAsync()).GetResultAsync()).ShouldBe(8);
        });

    [Fact]
    public Task Update_WithAnUnknownName_IsRefused() => WithWorkerAsync(
        options => options.AddWorkflow<LedgerWorkflow>(),
        async queue =>
        {
            var handle = await StartAsync(queue);
            await Should.ThrowAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync("Unknown", []));
            await handle.TerminateAsync();
        });

    private async Task<WorkflowHandle<LedgerWorkflow, int>> StartAsync(string queue)
    {
        var handle = await Client.StartWorkflowAsync((LedgerWorkflow wf) => wf.RunAsync(), Options(queue));
        await FirstTaskDoneAsync(handle);
        return handle;
    }

    [Workflow]
    public class OneUpdateWorkflow
    {
        private int? given;

        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => given is not null);
            return given!.Value;
        }

        [WorkflowUpdate]
        public Task<int> FinishAsync(int result)
        {
            given = result;
            return Task.FromResult(result);
        }
    }

    [Workflow]
    public class LedgerWorkflow
    {
        private int balance;
        private bool closed;

        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => closed && Workflow.AllHandlersFinished);
            return balance;
        }

        [WorkflowSignal]
        public Task CloseAsync()
        {
            closed = true;
            return Task.CompletedTask;
        }

        [WorkflowUpdateValidator(nameof(PostAsync))]
        public void ValidatePost(int amount)
        {
            if (amount < 0)
            {
                throw new ApplicationFailureException("negative");
            }
        }

        [WorkflowUpdate]
        public Task<int> PostAsync(int amount)
        {
            if (amount > 100)
            {
                throw new ApplicationFailureException("too much", "Limit");
            }
            balance += amount;
            return Task.FromResult(balance);
        }

        [WorkflowUpdate]
        public async Task<string> WaitForAsync(int target)
        {
            await Workflow.WaitConditionAsync(() => balance >= target);
            return $"reached {balance}";
        }
    }
}
