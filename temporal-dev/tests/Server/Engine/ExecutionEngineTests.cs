using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Clock;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Matching;
using static Temporalio.DevServer.Tests.Engine.EngineHarness;
using RunKey = Temporalio.DevServer.Storage.RunKey;

namespace Temporalio.DevServer.Tests.Engine;

public class ExecutionEngineTests
{
    [Fact]
    public async Task StartAsync_ActivityAndTimer_RunsToItsEnd()
    {
        await using var harness = await StartAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Activity("1"), Timer(TimeSpan.FromMilliseconds(20)));
        var activity = await harness.PollActivityAsync();
        activity.Started.Response.ActivityId.ShouldBe("1");
        await harness.CompleteAsync(activity);
        var seen = new List<HistoryEvent>();
        while (!seen.Any(e => e.EventType == EventType.TimerFired) || !seen.Any(e => e.EventType == EventType.ActivityTaskCompleted))
        {
            var task = await harness.PollWorkflowAsync();
            seen = [.. task.Events!];
            var isDone = seen.Any(e => e.EventType == EventType.TimerFired) && seen.Any(e => e.EventType == EventType.ActivityTaskCompleted);
            await (isDone ? harness.CompleteAsync(task, Complete()) : harness.CompleteAsync(task));
        }

        var events = await harness.HistoryAsync(run);
        events[^1].EventType.ShouldBe(EventType.WorkflowExecutionCompleted);
        events.Select(e => e.EventId).ShouldBe(Enumerable.Range(1, events.Count).Select(i => (long)i));
    }

    [Fact]
    public async Task StartAsync_PollerWaits_StartsItsTaskInTheSameCommit()
    {
        await using var harness = await StartAsync();
        var poll = harness.PollWorkflowAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        var task = await poll;
        harness.Store.Commits.ShouldBe(1);
        task.Events!.Select(e => e.EventType).ShouldBe([EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted]);
        await harness.CompleteAsync(task, Complete());
        harness.Store.Commits.ShouldBe(2);
        (await harness.HistoryAsync(run)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task CompleteWorkflowTaskAsync_EagerActivity_ComesWithTheAnswer()
    {
        await using var harness = await StartAsync();
        await harness.StartWorkflowAsync("w");
        var answer = await harness.CompleteAsync(await harness.PollWorkflowAsync(), Activity("1", eager: true), Activity("2"));
        answer.Activities.Single().Started.Response.ActivityId.ShouldBe("1");
        (await harness.PollActivityAsync()).Started.Response.ActivityId.ShouldBe("2");
    }

    [Fact]
    public async Task StartAsync_Policies_DecideAboutTheSecondStart()
    {
        await using var harness = await StartAsync();
        var first = await harness.StartWorkflowAsync("w", requestId: "r1");
        (await harness.StartWorkflowAsync("w", requestId: "r1")).RunId.ShouldBe(first.RunId);

        var refusal = await Should.ThrowAsync<RpcRefusal>(() => harness.StartWorkflowAsync("w", requestId: "r2"));
        refusal.StatusCode.ShouldBe(StatusCode.AlreadyExists);
        refusal.Detail.ShouldBeOfType<WorkflowExecutionAlreadyStartedFailure>().ShouldSatisfyAllConditions(d => d.RunId.ShouldBe(first.RunId), d => d.StartRequestId.ShouldBe("r1"));

        var used = await harness.StartWorkflowAsync("w", r => r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting);
        used.ShouldSatisfyAllConditions(u => u.RunId.ShouldBe(first.RunId), u => u.IsNew.ShouldBeFalse());

        var replaced = await harness.StartWorkflowAsync("w", r => r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting);
        replaced.RunId.ShouldNotBe(first.RunId);
        var ended = (await harness.HistoryAsync(Run("w", first.RunId)))[^1].WorkflowExecutionTerminatedEventAttributes;
        ended.Reason.ShouldBe("TerminateIfRunning WorkflowIdReusePolicy");
        ended.Details.ShouldBe(PayloadFacts.Text($"terminated by new runID: {replaced.RunId}"));

        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Complete());
        (await Should.ThrowAsync<RpcRefusal>(() => harness.StartWorkflowAsync("w", r => r.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate))).StatusCode.ShouldBe(StatusCode.AlreadyExists);
        (await Should.ThrowAsync<RpcRefusal>(() => harness.StartWorkflowAsync("w", r => r.WorkflowIdReusePolicy = WorkflowIdReusePolicy.AllowDuplicateFailedOnly))).StatusCode.ShouldBe(StatusCode.AlreadyExists);
        (await harness.StartWorkflowAsync("w")).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteWorkflowTaskAsync_ChildAndSignal_ReachTheOthersAndTheSource()
    {
        await using var harness = await StartAsync();
        var parent = Run("parent", (await harness.StartWorkflowAsync("parent")).RunId);
        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Child("child"));
        await FinishAllAsync(harness, parent, r => r.WorkflowId == "child" ? [Complete()] : []);
        var events = await harness.HistoryAsync(parent);
        events.Count(e => e.EventType == EventType.ChildWorkflowExecutionStarted).ShouldBe(1);
        events.Count(e => e.EventType == EventType.ChildWorkflowExecutionCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task QueryAsync_NoTaskPending_IsAskedDirectly()
    {
        await using var harness = await StartAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        await harness.CompleteAsync(await harness.PollWorkflowAsync());
        var poll = harness.TryPollWorkflowAsync(Generous);
        var query = harness.Engine.QueryAsync(Space, new QueryWorkflowRequest { Execution = new() { WorkflowId = "w" }, Query = new WorkflowQuery { QueryType = "q" } }, default);
        var asked = (await poll).ShouldBeOfType<DirectQuery>();
        asked.Run.ShouldBe(run);
        harness.Engine.Services.Queries.Take(asked.Id)!.End(new RespondQueryTaskCompletedRequest { CompletedType = QueryResultType.Answered });
        (await query.WaitAsync(Generous)).QueryRejected.ShouldBeNull();
    }

    [Fact]
    public async Task QueryAsync_TaskPending_GoesAlongWithIt()
    {
        await using var harness = await StartAsync();
        await harness.StartWorkflowAsync("w");
        var query = harness.Engine.QueryAsync(Space, new QueryWorkflowRequest { Execution = new() { WorkflowId = "w" }, Query = new WorkflowQuery { QueryType = "q" } }, default);
        var task = await harness.PollWorkflowAsync();
        var (id, attached) = task.Queries.Single();
        attached.QueryType.ShouldBe("q");
        var answer = new RespondWorkflowTaskCompletedRequest { Identity = "worker" };
        answer.QueryResults.Add(id, new WorkflowQueryResult { ResultType = QueryResultType.Failed, ErrorMessage = "no" });
        await harness.Engine.CompleteWorkflowTaskAsync(Space, task.Run, task.Started.Task, answer, default);
        (await Should.ThrowAsync<RpcRefusal>(() => query.WaitAsync(Generous))).ShouldSatisfyAllConditions(e => e.Message.ShouldBe("no"), e => e.Detail.ShouldBeOfType<QueryFailedFailure>());
    }

    [Fact]
    public async Task QueryAsync_TaskEndsWithoutIt_TimeMaySkipAgain()
    {
        await using var clock = new SkippingClock(TimeProvider.System, locks: 0);
        await using var harness = await StartAsync(clock: clock);
        var start = clock.Now;
        await harness.StartWorkflowAsync("w");
        var task = await harness.PollWorkflowAsync();
        // It came too late for the task that is under way: when that has ended, it asks the worker directly or goes along with the next one.
        using var gone = new CancellationTokenSource();
        var query = harness.Engine.QueryAsync(Space, new QueryWorkflowRequest { Execution = new() { WorkflowId = "w" }, Query = new WorkflowQuery { QueryType = "q" } }, gone.Token);

        await harness.CompleteAsync(task, Timer(TimeSpan.FromDays(1)));

        var next = await harness.TryPollWorkflowAsync(Generous);
        if (next is DirectQuery asked)
        {
            asked.End(new RespondQueryTaskCompletedRequest { CompletedType = QueryResultType.Answered });
            next = await harness.TryPollWorkflowAsync(Generous);
        }

        next.ShouldBeOfType<ReadyWorkflowTask>("time came to the timer");
        clock.Now.ShouldBeGreaterThanOrEqualTo(start + TimeSpan.FromDays(1));
        await gone.CancelAsync();
        await ((Task)query).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task WaitForEventAsync_OpenRun_WaitsForItsClose()
    {
        await using var harness = await StartAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        var close = harness.Engine.WaitForEventAsync(Space, run, 0, closeOnly: true, Generous, default);
        var next = harness.Engine.WaitForEventAsync(Space, run, 3, closeOnly: false, Generous, default);
        var task = await harness.PollWorkflowAsync();
        (await next.WaitAsync(Generous)).NextEventId.ShouldBeGreaterThan(3);
        close.IsCompleted.ShouldBeFalse();
        await harness.CompleteAsync(task, Complete());
        (await close.WaitAsync(Generous)).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task ChangeAsync_MemoryForNothing_RunsAreRebuiltForEveryStep()
    {
        await using var harness = await StartAsync(options: new EngineOptions { MemoryBytes = 0 });
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        for (var i = 1; i <= 3; i++)
        {
            await harness.CompleteAsync(await harness.PollWorkflowAsync(), Activity($"{i}"));
            await harness.CompleteAsync(await harness.PollActivityAsync());
        }

        await harness.CompleteAsync(await harness.PollWorkflowAsync(), Complete());
        harness.Engine.Services.Registry.Count.ShouldBe(0);
        (await harness.HistoryAsync(run))[^1].EventType.ShouldBe(EventType.WorkflowExecutionCompleted);
    }

    [Fact]
    public async Task DeleteAsync_OpenRun_IsTerminatedAndGone()
    {
        await using var harness = await StartAsync();
        var run = Run("w", (await harness.StartWorkflowAsync("w")).RunId);
        await harness.Engine.DeleteAsync(Space, "w", "", default).WaitAsync(Generous);
        (await harness.Store.LoadRunAsync(run, default)).ShouldBeNull();
        (await Should.ThrowAsync<RpcRefusal>(() => harness.Engine.HistoryFactsAsync(Space, "w", "", default))).StatusCode.ShouldBe(StatusCode.NotFound);
        harness.Engine.Services.Matcher.Describe(new QueueKey(Space.Id, Queue, TaskQueueType.Workflow)).Backlog.ShouldBeEmpty();
        (await harness.StartWorkflowAsync("w")).IsNew.ShouldBeTrue();
    }

    /// <summary>Answers workflow tasks until a run has closed.</summary>
    private static async Task FinishAllAsync(EngineHarness harness, RunKey run, Func<RunKey, Api.Command.V1.Command[]> commands)
    {
        while (!(await harness.HistoryAsync(run)).Any(e => e.EventType == EventType.ChildWorkflowExecutionCompleted))
        {
            if (await harness.TryPollWorkflowAsync(TimeSpan.FromMilliseconds(200)) is ReadyWorkflowTask task)
                await harness.CompleteAsync(task, commands(task.Run));
        }
    }
}
