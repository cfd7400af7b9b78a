using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;
using static Temporalio.DevServer.Tests.Engine.EngineHarness;

namespace Temporalio.DevServer.Tests.Engine;

/// <summary>Commits that fail, commits of which nobody knows whether they happened, and restarts: what is acknowledged stays, the rest can be asked for again.</summary>
public class FailingStoreTests
{
    [Fact]
    public async Task StartAsync_CommitFails_NothingIsThereAndTheNextTrySucceeds()
    {
        await using var harness = await StartAsync();
        harness.Store.FailWorkflow("w");
        await Should.ThrowAsync<StoreUnavailableException>(() => harness.StartWorkflowAsync("w", requestId: "r"));
        (await harness.Store.CurrentRunAsync(Space.Id, "w", default)).ShouldBeNull();
        var started = await harness.StartWorkflowAsync("w", requestId: "r");
        (await harness.PollWorkflowAsync()).Run.RunId.ShouldBe(started.RunId);
    }

    [Fact]
    public async Task StartAsync_CommitHappensButItsAnswerIsLost_TheSameRequestFindsTheRunAndItsTaskComes()
    {
        await using var harness = await StartAsync();
        harness.Store.FailWorkflow("w", writes: true);
        await Should.ThrowAsync<StoreUnavailableException>(() => harness.StartWorkflowAsync("w", requestId: "r"));
        var task = await harness.PollWorkflowAsync();
        (await harness.StartWorkflowAsync("w", requestId: "r")).RunId.ShouldBe(task.Run.RunId);
    }

    [Fact]
    public async Task StartAsync_CommitFailsWithAPollerWaiting_ThePollerGetsTheNextTask()
    {
        await using var harness = await StartAsync();
        var poll = harness.PollWorkflowAsync();
        harness.Store.FailWorkflow("w");
        await Should.ThrowAsync<StoreUnavailableException>(() => harness.StartWorkflowAsync("w"));
        poll.IsCompleted.ShouldBeFalse();
        var started = await harness.StartWorkflowAsync("other");
        (await poll).Run.RunId.ShouldBe(started.RunId);
    }

    [Fact]
    public async Task CompleteWorkflowTaskAsync_CommitFails_TheWorkerMayAnswerAgain()
    {
        await using var harness = await StartAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        var task = await harness.PollWorkflowAsync();
        harness.Store.FailWorkflow("w");
        await Should.ThrowAsync<StoreUnavailableException>(() => harness.CompleteAsync(task, Complete()));
        await harness.CompleteAsync(task, Complete());
        (await harness.HistoryAsync(run)).Count(e => e.EventType == EventType.WorkflowExecutionCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task CompleteWorkflowTaskAsync_CommitHappensButItsAnswerIsLost_TheSecondAnswerIsRefusedAndNothingHappensTwice()
    {
        await using var harness = await StartAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        var task = await harness.PollWorkflowAsync();
        harness.Store.FailWorkflow("w", writes: true);
        await Should.ThrowAsync<StoreUnavailableException>(() => harness.CompleteAsync(task, Activity("1")));
        await Should.ThrowAsync<RpcRefusal>(() => harness.CompleteAsync(task, Activity("1")));
        (await harness.PollActivityAsync()).Started.Response.ActivityId.ShouldBe("1");
        (await harness.HistoryAsync(run)).Count(e => e.EventType == EventType.ActivityTaskScheduled).ShouldBe(1);
    }

    [Fact]
    public async Task PollWorkflowTaskAsync_StartingTheTaskFails_TheTaskComesAgain()
    {
        await using var harness = await StartAsync();
        await harness.StartWorkflowAsync("w");
        harness.Store.FailWorkflow("w");
        await Should.ThrowAsync<StoreUnavailableException>(() => harness.TryPollWorkflowAsync(Generous));
        (await harness.PollWorkflowAsync()).Run.WorkflowId.ShouldBe("w");
    }

    [Fact]
    public async Task Fire_CommitFailsSeveralTimes_TheTimerFiresInTheEndAndOnce()
    {
        await using var harness = await StartAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Timer(TimeSpan.FromMilliseconds(10)));
        harness.Store.Fail(t => t.Runs.Any(r => r.Append.Count > 0), times: 2);
        await harness.PollWorkflowAsync();
        (await harness.HistoryAsync(run)).Count(e => e.EventType == EventType.TimerFired).ShouldBe(1);
    }

    [Fact]
    public async Task Deliver_ChildCannotBeStarted_IsStartedOnceTheStoreWorks()
    {
        await using var harness = await StartAsync();
        var parent = Run("parent", (await harness.StartWorkflowAsync("parent")).RunId);
        harness.Store.FailWorkflow("child", times: 2);
        harness.Store.FailWorkflow("child", writes: true);
        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Child("child"));
        await UntilAsync(async () => (await harness.HistoryAsync(parent)).Any(e => e.EventType == EventType.ChildWorkflowExecutionStarted));
        var started = (await harness.HistoryAsync(parent)).Single(e => e.EventType == EventType.ChildWorkflowExecutionStarted).ChildWorkflowExecutionStartedEventAttributes;
        (await harness.Store.CurrentRunAsync(Space.Id, "child", default))!.RunId.ShouldBe(started.WorkflowExecution.RunId);
    }

    [Fact]
    public async Task Deliver_OutcomeOfASignalIsLost_TheReceiverHasItOnce()
    {
        await using var harness = await StartAsync();
        var receiver = Run("receiver", (await harness.StartWorkflowAsync("receiver")).RunId);
        await harness.PollWorkflowAsync();
        var sender = Run("sender", (await harness.StartWorkflowAsync("sender")).RunId);
        var task = await harness.PollWorkflowAsync();
        harness.Store.FailWorkflow("receiver", writes: true);
        harness.Store.Fail(t => t.Runs.Any(r => r.Run.WorkflowId == "sender" && r.Append.Count == 1 && r.Append[0].Count <= 2 && r.ExpectedVersion > 2), writes: false);
        await harness.CompleteAsync(task, SignalExternal("receiver"));
        await UntilAsync(async () => (await harness.HistoryAsync(sender)).Any(e => e.EventType == EventType.ExternalWorkflowExecutionSignaled));
        (await harness.Store.LoadRunAsync(receiver, default)).ShouldNotBeNull();
        await harness.Engine.ChangeAsync(Space, "receiver", "", Terminate, default);
        (await harness.HistoryAsync(receiver)).Count(e => e.EventType == EventType.WorkflowExecutionSignaled).ShouldBe(1);
    }

    [Fact]
    public async Task RestartAsync_TasksTimersAndEffectsUndelivered_AllGoOn()
    {
        await using var harness = await StartAsync();
        await harness.StartWorkflowAsync("waiting");
        var timer = Run("timer", (await harness.StartWorkflowAsync("timer")).RunId);
        var parent = Run("parent", (await harness.StartWorkflowAsync("parent")).RunId);
        harness.Store.FailWorkflow("child", times: 1_000_000);
        for (var i = 0; i < 3; i++)
        {
            var task = await harness.PollWorkflowAsync();
            switch (task.Run.WorkflowId)
            {
                case "timer":
                    await harness.CompleteAsync(task, Timer(TimeSpan.FromMilliseconds(300)));
                    break;
                case "parent":
                    await harness.CompleteAsync(task, Child("child"));
                    break;
                default:
                    await harness.CompleteAsync(task, Activity("1"), Activity("2"));
                    break;
            }
        }

        var store = new FaultyStore(harness.Store);
        await harness.DisposeAsync();
        await using var next = await StartAsync(store);
        (await next.PollActivityAsync()).Started.Response.ActivityId.ShouldBe("1");
        (await next.PollActivityAsync()).Started.Response.ActivityId.ShouldBe("2");
        await UntilAsync(async () => (await next.HistoryAsync(timer)).Any(e => e.EventType == EventType.TimerFired));
        await UntilAsync(async () => (await next.HistoryAsync(parent)).Any(e => e.EventType == EventType.ChildWorkflowExecutionStarted));
    }

    [Fact]
    public async Task RestartAsync_ActivityWasHandedOut_IsNotHandedOutAgainBeforeItsTimeout()
    {
        await using var harness = await StartAsync();
        await harness.StartWorkflowAsync("w");
        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Activity("1", startToClose: TimeSpan.FromSeconds(2)));
        var first = await harness.PollActivityAsync();
        await harness.RestartAsync();
        var second = await harness.PollActivityAsync();
        second.Started.Response.Attempt.ShouldBe(2);
        (second.Started.Response.StartedTime.ToDateTimeOffset() - first.Started.Response.StartedTime.ToDateTimeOffset()).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<RpcRefusal>(() => harness.CompleteAsync(first));
        await harness.CompleteAsync(second);
    }

    [Fact]
    public async Task RestartAsync_ActivityWasHandedOut_ItsWorkerMayStillComplete()
    {
        await using var harness = await StartAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Activity("1"));
        var task = await harness.PollActivityAsync();
        await harness.RestartAsync();
        await harness.CompleteAsync(task);
        (await harness.HistoryAsync(run)).Count(e => e.EventType == EventType.ActivityTaskCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task Commit_AnotherServerHasTheStore_TheEngineSaysThatItMustEnd()
    {
        await using var harness = await StartAsync();
        await harness.StartWorkflowAsync("w");
        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Timer(TimeSpan.FromMilliseconds(10)));
        harness.Store.Fail(_ => true, failure: new StoreFencedException("another"), times: 1_000_000);
        (await harness.Fatal.Task.WaitAsync(Generous)).ShouldBeOfType<StoreFencedException>();
    }

    private static bool Terminate(Transition transition)
    {
        transition.Terminate("test", null, "test", []);
        return true;
    }
}
