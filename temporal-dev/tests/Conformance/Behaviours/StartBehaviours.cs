using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Starting workflows and how they end.</summary>
public abstract class StartBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Start_WithArguments_ReturnsTheResult() => WithWorkerAsync(
        options => options.AddWorkflow<JoinWorkflow>(),
        async queue => (await Client.ExecuteWorkflowAsync((JoinWorkflow wf) => wf.RunAsync("a", 1), Options(queue))).ShouldBe("a1"));

    [Fact]
    public Task Start_ByName_ReturnsTheResult() => WithWorkerAsync(
        options => options.AddWorkflow<JoinWorkflow>(),
        async queue => (await Client.ExecuteWorkflowAsync<string>("JoinWorkflow", ["b", 2], Options(queue))).ShouldBe("b2"));

    [Fact]
    public Task Run_ThatThrowsAnApplicationFailure_FailsTheWorkflow() => WithWorkerAsync(
        options => options.AddWorkflow<FailingWorkflow>(),
        async queue =>
        {
            var error = await Should.ThrowAsync<WorkflowFailedException>(
                () => Client.ExecuteWorkflowAsync((FailingWorkflow wf) => wf.RunAsync(), Options(queue)));
            var inner = error.InnerException.ShouldBeOfType<ApplicationFailureException>();
            inner.ErrorType.ShouldBe("Refused");
            inner.Details.ElementAt<int>(0).ShouldBe(7);
        });

    [Fact]
    public Task Run_ThatThrowsAnotherException_FailsTheTaskAndIsTriedAgain() => WithWorkerAsync(
        options => options.AddWorkflow<BuggyWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((BuggyWorkflow wf) => wf.RunAsync(), Options(queue));
            await EventuallyAsync(async () => (await EventTypesAsync(handle)).Contains(EventType.WorkflowTaskFailed));
            (await handle.DescribeAsync()).Status.ShouldBe(WorkflowExecutionStatus.Running);
            await handle.TerminateAsync();
        });

    [Fact]
    public Task Start_WithStaticSummaryAndDetails_ShowsThemInTheDescription() => WithWorkerAsync(
        options => options.AddWorkflow<JoinWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.StaticSummary = "one line";
            options.StaticDetails = "many lines";
            var handle = await Client.StartWorkflowAsync((JoinWorkflow wf) => wf.RunAsync("a", 1), options);
            await handle.GetResultAsync();
            var description = await handle.DescribeAsync();
            (await description.GetStaticSummaryAsync()).ShouldBe("one line");
            (await description.GetStaticDetailsAsync()).ShouldBe("many lines");
        });

    [Fact]
    public Task Start_WithMemo_ShowsItToWorkflowAndClient() => WithWorkerAsync(
        options => options.AddWorkflow<MemoWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.Memo = new Dictionary<string, object> { ["kind"] = "cash" };
            var handle = await Client.StartWorkflowAsync((MemoWorkflow wf) => wf.RunAsync(), options);
            (await handle.GetResultAsync()).ShouldBe("cash");
            var memo = (await handle.DescribeAsync()).Memo;
            (await memo["kind"].ToValueAsync<string>()).ShouldBe("cash");
            (await memo["added"].ToValueAsync<int>()).ShouldBe(5);
        });

    [Fact]
    public Task Start_WithStartDelay_WaitsBeforeTheFirstTask() => WithWorkerAsync(
        options => options.AddWorkflow<JoinWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.StartDelay = TimeSpan.FromSeconds(1);
            var handle = await Client.StartWorkflowAsync((JoinWorkflow wf) => wf.RunAsync("a", 1), options);
            await handle.GetResultAsync();
            var events = await EventsAsync(handle);
            var begun = events.First(e => e.EventType == EventType.WorkflowTaskStarted).EventTime - events.First().EventTime;
            begun.ToTimeSpan().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.9));
        });

    [Fact]
    public Task Run_LongerThanItsTimeout_TimesOut() => WithWorkerAsync(
        options => options.AddWorkflow<WaitingWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.RunTimeout = TimeSpan.FromSeconds(1);
            var error = await Should.ThrowAsync<WorkflowFailedException>(
                () => Client.ExecuteWorkflowAsync((WaitingWorkflow wf) => wf.RunAsync(), options));
            error.InnerException.ShouldBeOfType<TimeoutFailureException>();
        });

    [Fact]
    public Task Run_WithARetryPolicy_IsRunAgainAfterAFailure() => WithWorkerAsync(
        options => options.AddWorkflow<SecondTimeLuckyWorkflow>(),
        async queue =>
        {
            var options = Options(queue);
            options.RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(10), MaximumAttempts = 3 };
            (await Client.ExecuteWorkflowAsync((SecondTimeLuckyWorkflow wf) => wf.RunAsync(), options)).ShouldBe(2);
        });

    [Fact]
    public Task Run_OfADynamicWorkflow_GetsTheNameAndRawArguments() => WithWorkerAsync(
        options => options.AddWorkflow<DynamicWorkflow>(),
        async queue => (await Client.ExecuteWorkflowAsync<string>("Anything", ["x"], Options(queue))).ShouldBe("Anything:x"));

    [Fact]
    public Task Info_OfARun_SaysWhatItIs() => WithWorkerAsync(
        options => options.AddWorkflow<InfoWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((InfoWorkflow wf) => wf.RunAsync(), Options(queue));
            var info = await handle.GetResultAsync();
            info.ShouldBe([handle.Id, handle.ResultRunId!, queue, "InfoWorkflow", "1"]);
        });

    [Fact]
    public Task History_OfARun_CanBeReplayed() => WithWorkerAsync(
        options => options.AddWorkflow<DelayedWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((DelayedWorkflow wf) => wf.RunAsync(), Options(queue));
            await handle.GetResultAsync();
            var history = await handle.FetchHistoryAsync();
            history.Events.Select(e => e.EventId).ShouldBe(Enumerable.Range(1, history.Events.Count).Select(i => (long)i));
            var replayed = await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<DelayedWorkflow>()).ReplayWorkflowAsync(history);
            replayed.ReplayFailure.ShouldBeNull();
        });

    [Workflow]
    public class DelayedWorkflow
    {
        [WorkflowRun]
        public async Task<Guid> RunAsync()
        {
            await Workflow.DelayAsync(10);
            return Workflow.NewGuid();
        }
    }

    [Workflow]
    public class JoinWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(string text, int number) => Task.FromResult(text + number);
    }

    [Workflow]
    public class FailingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => throw new ApplicationFailureException("no", "Refused", details: [7]);
    }

    [Workflow]
    public class BuggyWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => throw new InvalidOperationException("bug");
    }

    [Workflow]
    public class MemoWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync()
        {
            Workflow.UpsertMemo(MemoUpdate.ValueSet("added", 5));
            return Task.FromResult(Workflow.PayloadConverter.ToValue<string>(Workflow.Memo["kind"]));
        }
    }

    [Workflow]
    public class WaitingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);
    }

    [Workflow]
    public class SecondTimeLuckyWorkflow
    {
        [WorkflowRun]
        public Task<int> RunAsync() => Workflow.Info.Attempt < 2
            ? throw new ApplicationFailureException("first time")
            : Task.FromResult(Workflow.Info.Attempt);
    }

    [Workflow(Dynamic = true)]
    public class DynamicWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(IRawValue[] arguments) =>
            Task.FromResult($"{Workflow.Info.WorkflowType}:{Workflow.PayloadConverter.ToValue<string>(arguments[0])}");
    }

    [Workflow]
    public class InfoWorkflow
    {
        [WorkflowRun]
        public Task<string[]> RunAsync()
        {
            var info = Workflow.Info;
            return Task.FromResult<string[]>([info.WorkflowId, info.RunId, info.TaskQueue, info.WorkflowType, $"{info.Attempt}"]);
        }
    }
}
