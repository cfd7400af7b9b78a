using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;
using ParentClosePolicy = Temporalio.Workflows.ParentClosePolicy;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Child workflows.</summary>
public abstract class ChildWorkflowBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Child_ThatReturns_GivesItsResult() => WithWorkerAsync(
        Configure,
        async queue => (await Client.ExecuteWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("return", NewId()), Options(queue))).ShouldBe("child result"));

    [Fact]
    public Task Children_SideBySide_GiveTheirResults() => WithWorkerAsync(
        options => options.AddWorkflow<ParentOfTwoWorkflow>().AddWorkflow<ChildWorkflow>(),
        async queue =>
        {
            OrderOfEventsVaries();
            (await Client.ExecuteWorkflowAsync((ParentOfTwoWorkflow wf) => wf.RunAsync(), Options(queue))).ShouldBe(["child result", "child result"]);
        });

    [Fact]
    public Task Child_ThatFails_FailsTheCall() => WithWorkerAsync(
        Configure,
        async queue => (await Client.ExecuteWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("fail", NewId()), Options(queue))).ShouldBe("failed: Child"));

    [Fact]
    public Task Child_Signalled_GoesOn() => WithWorkerAsync(
        Configure,
        async queue => (await Client.ExecuteWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("signal", NewId()), Options(queue))).ShouldBe("signalled"));

    [Fact]
    public Task Child_Cancelled_EndsCancelled() => WithWorkerAsync(
        Configure,
        async queue => (await Client.ExecuteWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("cancel", NewId()), Options(queue))).ShouldBe("cancelled"));

    [Fact]
    public Task Child_WithAnIdThatRuns_IsRefused() => WithWorkerAsync(Configure, async queue =>
    {
        var taken = await Client.StartWorkflowAsync((ChildWorkflow wf) => wf.RunAsync("signal"), Options(queue));
        (await Client.ExecuteWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("return", taken.Id), Options(queue))).ShouldBe("already started");
        await taken.TerminateAsync();
    });

    [Theory]
    [InlineData(ParentClosePolicy.Terminate, WorkflowExecutionStatus.Terminated)]
    [InlineData(ParentClosePolicy.RequestCancel, WorkflowExecutionStatus.Canceled)]
    [InlineData(ParentClosePolicy.Abandon, WorkflowExecutionStatus.Running)]
    public Task Child_WhenItsParentCloses_FollowsThePolicy(ParentClosePolicy policy, WorkflowExecutionStatus expected) => WithWorkerAsync(
        Configure,
        async queue =>
        {
            var childId = NewId("child");
            await Client.ExecuteWorkflowAsync((LeavingParentWorkflow wf) => wf.RunAsync(childId, policy), Options(queue));
            var child = Client.GetWorkflowHandle(childId);
            await EventuallyAsync(async () => (await child.DescribeAsync()).Status == expected);
            if (expected == WorkflowExecutionStatus.Running)
            {
                (await child.DescribeAsync()).ParentId.ShouldNotBeNull();
                await child.TerminateAsync();
            }
        },
        CaseName(policy));

    private static void Configure(TemporalWorkerOptions options) => options
        .AddWorkflow<ParentWorkflow>()
        .AddWorkflow<LeavingParentWorkflow>()
        .AddWorkflow<ChildWorkflow>();

    [Workflow]
    public class ParentWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string how, string childId)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
            try
            {
                var handle = await Workflow.StartChildWorkflowAsync(
                    (ChildWorkflow wf) => wf.RunAsync(how), new() { Id = childId, CancellationToken = cancel.Token });
                if (how == "signal")
                {
                    await handle.SignalAsync(wf => wf.GoOnAsync());
                }
                if (how == "cancel")
                {
                    cancel.Cancel();
                }
                return await handle.GetResultAsync();
            }
            catch (ChildWorkflowFailureException e) when (e.InnerException is ApplicationFailureException inner)
            {
                return $"failed: {inner.ErrorType}";
            }
            catch (WorkflowAlreadyStartedException)
            {
                return "already started";
            }
            catch (Exception e) when (TemporalException.IsCanceledException(e))
            {
                return "cancelled";
            }
        }
    }

    [Workflow]
    public class ParentOfTwoWorkflow
    {
        [WorkflowRun]
        public Task<string[]> RunAsync() => Workflow.WhenAllAsync(
            Enumerable.Range(0, 2).Select(_ => Workflow.ExecuteChildWorkflowAsync((ChildWorkflow wf) => wf.RunAsync("return"))));
    }

    [Workflow]
    public class LeavingParentWorkflow
    {
        [WorkflowRun]
        public Task RunAsync(string childId, ParentClosePolicy policy) => Workflow.StartChildWorkflowAsync(
            (ChildWorkflow wf) => wf.RunAsync("signal"), new() { Id = childId, ParentClosePolicy = policy });
    }

    [Workflow]
    public class ChildWorkflow
    {
        private bool goOn;

        [WorkflowRun]
        public async Task<string> RunAsync(string how)
        {
            if (how == "fail")
            {
                throw new ApplicationFailureException("no", "Child");
            }
            if (how is "signal" or "cancel")
            {
                await Workflow.WaitConditionAsync(() => goOn);
                return "signalled";
            }
            return "child result";
        }

        [WorkflowSignal]
        public Task GoOnAsync()
        {
            goOn = true;
            return Task.CompletedTask;
        }
    }
}
