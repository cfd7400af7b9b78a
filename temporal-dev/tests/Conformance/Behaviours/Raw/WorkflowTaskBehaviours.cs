using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Workflow tasks as a worker meets them: what a poll carries, attempts, timeouts, sticky queues, forced tasks.</summary>
public abstract class WorkflowTaskBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    [Fact]
    public Task Poll_OfANewWorkflow_CarriesItsHistory() => RecordedAsync(async () =>
    {
        await StartAsync();
        var task = await PollAsync();
        task.WorkflowExecution.WorkflowId.ShouldBe(WorkflowId);
        task.History.Events.Select(e => e.EventType).ShouldBe(
            [EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted]);
        Observe("task", task);
        await CompleteAsync(task, Commands.Complete("done"));
    });

    [Fact]
    public Task Poll_WithNothingToDo_EndsEmptyBeforeItsDeadline() => RecordedAsync(async () =>
    {
        var task = await Service.PollWorkflowTaskQueueAsync(
            new() { Namespace = Namespace, TaskQueue = NormalQueue, Identity = Identity }, new() { Timeout = TimeSpan.FromSeconds(4) });
        task.TaskToken.IsEmpty.ShouldBeTrue();
        Observe("answer", task);
    });

    [Fact]
    public Task Task_Failed_IsOfferedAgainWithoutATrace() => RecordedAsync(async () =>
    {
        await StartAsync();
        await FailAsync(await PollAsync());
        Observe("history before the second attempt", new History { Events = { await HistoryAsync() } });
        var second = await PollAsync();
        second.Attempt.ShouldBe(2);
        Observe("second attempt", second);
        Observe("description", await DescribeAsync());
        Observe("history in between", new History { Events = { await HistoryAsync() } });
        await FailAsync(second);
        var third = await PollAsync();
        third.Attempt.ShouldBe(3);
        await CompleteAsync(third, Commands.Complete());
        (await HistoryAsync()).Count(e => e.EventType == EventType.WorkflowTaskFailed).ShouldBe(1);
    });

    [Fact]
    public Task Task_FailedThenSignalled_KeepsTheSignalInOrder() => RecordedAsync(async () =>
    {
        await StartAsync();
        await FailAsync(await PollAsync());
        var second = await PollAsync();
        await SignalAsync("during the second attempt");
        await FailAsync(second);
        var third = await PollAsync();
        Observe("third attempt", third);
        await CompleteAsync(third, Commands.Complete());
    });

    [Fact]
    public Task Task_NotAnsweredInTime_TimesOutAndIsOfferedAgain() => RecordedAsync(async () =>
    {
        await StartAsync(r => r.WorkflowTaskTimeout = Commands.Seconds(5));
        var first = await PollAsync();
        var second = await PollAsync();
        second.Attempt.ShouldBe(2);
        Observe("second attempt", second);
        var late = await RefusedAsync("a late answer", () => CompleteAsync(first, Commands.Complete()));
        late.Code.ShouldBe(RpcException.StatusCode.NotFound);
        await CompleteAsync(second, Commands.Complete());
        (await HistoryAsync()).ShouldContain(e => e.EventType == EventType.WorkflowTaskTimedOut);
    });

    [Fact]
    public Task Task_OnTheStickyQueue_CarriesOnlyWhatIsNew() => RecordedAsync(async () =>
    {
        await StartAsync();
        var sticky = await GoStickyAsync(await PollAsync(), seconds: 30);
        var poll = await PollStickyAsync(sticky);
        await SignalAsync("next");
        var task = await poll;
        task.History.Events[0].EventType.ShouldNotBe(EventType.WorkflowExecutionStarted);
        task.PreviousStartedEventId.ShouldBe(3);
        Observe("sticky task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Task_OnAStickyQueueThatNobodyPolls_GoesToTheNormalQueue() => RecordedAsync(async () =>
    {
        await StartAsync();
        await GoStickyAsync(await PollAsync(), seconds: 1);
        await SignalAsync("next");
        var task = await PollAsync();
        task.History.Events[0].EventType.ShouldBe(EventType.WorkflowExecutionStarted);
        Observe("task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Task_OnTheStickyQueueFailed_IsOfferedToAllAgain() => RecordedAsync(async () =>
    {
        await StartAsync();
        var sticky = await GoStickyAsync(await PollAsync(), seconds: 30);
        var poll = await PollStickyAsync(sticky);
        await SignalAsync("next");
        await FailAsync(await poll);
        var task = await PollAsync();
        Observe("task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task StickyQueue_Reset_SendsTheNextTaskToAll() => RecordedAsync(async () =>
    {
        await StartAsync();
        await GoStickyAsync(await PollAsync(), seconds: 30);
        await Service.ResetStickyTaskQueueAsync(new() { Namespace = Namespace, Execution = Execution });
        await SignalAsync("next");
        var task = await PollAsync();
        Observe("task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Completion_ThatForcesAnotherTask_GetsOne() => RecordedAsync(async () =>
    {
        await StartAsync();
        await CompleteAsync(await PollAsync(), r => r.ForceCreateNewWorkflowTask = true, Commands.Marker("heartbeat"));
        var next = await PollAsync();
        Observe("next task", next);
        await CompleteAsync(next, Commands.Complete());
    });

    [Fact]
    public Task Completion_ThatAsksForTheNextTask_CarriesIt() => RecordedAsync(async () =>
    {
        await StartAsync();
        var answer = await CompleteAsync(
            await PollAsync(),
            r =>
            {
                r.ForceCreateNewWorkflowTask = true;
                r.ReturnNewWorkflowTask = true;
            },
            Commands.Marker("heartbeat"));
        answer.WorkflowTask.ShouldNotBeNull();
        Observe("answer", answer);
        await CompleteAsync(answer.WorkflowTask, Commands.Complete());
    });

    [Fact]
    public Task Completion_AfterANewEvent_IsRefusedAndTriedAgain() => RecordedAsync(async () =>
    {
        await StartAsync();
        var task = await PollAsync();
        await SignalAsync("too late to be seen");
        var refusal = await RefusedAsync("a completion", () => CompleteAsync(task, Commands.Complete()));
        refusal.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
        var again = await PollAsync();
        Observe("again", again);
        await CompleteAsync(again, Commands.Complete());
    });

    [Fact]
    public Task Events_DuringATask_FollowItsCompletion() => RecordedAsync(async () =>
    {
        await StartAsync();
        var task = await PollAsync();
        await SignalAsync("one");
        await SignalAsync("two");
        (await HistoryAsync()).ShouldNotContain(e => e.EventType == EventType.WorkflowExecutionSignaled);
        await CompleteAsync(task, Commands.Marker("first"));
        var next = await PollAsync();
        next.History.Events.Count(e => e.EventType == EventType.WorkflowExecutionSignaled).ShouldBe(2);
        Observe("next task", next);
        await CompleteAsync(next, Commands.Complete());
    });

    [Fact]
    public Task Closures_DuringATask_ComeAfterOtherEvents() => RecordedAsync(async () =>
    {
        await StartAsync();
        await CompleteAsync(await PollAsync(), r => r.ForceCreateNewWorkflowTask = true, Commands.ScheduleActivity(Queue, "1"));
        var task = await PollAsync();
        await CompleteActivityAsync(await PollActivityAsync(), "result");
        await SignalAsync("after the activity");
        await CompleteAsync(task);
        var next = await PollAsync();
        Observe("next task", next);
        await CompleteAsync(next, Commands.Complete());
    });

    [Fact]
    public Task Completion_Twice_IsRefused() => RecordedAsync(async () =>
    {
        await StartAsync();
        var task = await AnswerAsync();
        (await RefusedAsync("the second", () => CompleteAsync(task))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        await TerminateAsync();
    });

    [Fact]
    public Task Completion_OfATerminatedWorkflow_IsRefused() => RecordedAsync(async () =>
    {
        await StartAsync();
        var task = await PollAsync();
        await TerminateAsync();
        (await RefusedAsync("a completion", () => CompleteAsync(task, Commands.Complete()))).Code.ShouldBe(RpcException.StatusCode.NotFound);
    });

    [Fact]
    public Task Completion_WithAnAlteredToken_IsRefused() => RecordedAsync(async () =>
    {
        await StartAsync();
        var task = await PollAsync();
        task.TaskToken = Google.Protobuf.ByteString.CopyFromUtf8("not a token");
        await RefusedAsync("a token of somebody else", () => CompleteAsync(task, Commands.Complete()));
        await TerminateAsync();
    });

    /// <summary>A poll of the sticky queue that the server has seen: without one it would send the task to the normal queue.</summary>
    private async Task<Task<Api.WorkflowService.V1.PollWorkflowTaskQueueResponse>> PollStickyAsync(TaskQueue sticky)
    {
        var poll = PollAsync(sticky);
        await EventuallyAsync(async () => (await Service.DescribeTaskQueueAsync(
            new() { Namespace = Namespace, TaskQueue = sticky, TaskQueueType = TaskQueueType.Workflow })).Pollers.Count > 0);
        return poll;
    }

    private async Task<TaskQueue> GoStickyAsync(Api.WorkflowService.V1.PollWorkflowTaskQueueResponse task, double seconds)
    {
        var sticky = new TaskQueue { Name = NewId("sticky"), Kind = TaskQueueKind.Sticky, NormalName = Queue };
        await CompleteAsync(task, r => r.StickyAttributes = new() { WorkerTaskQueue = sticky, ScheduleToStartTimeout = Commands.Seconds(seconds) });
        return sticky;
    }

    private Task FailAsync(Api.WorkflowService.V1.PollWorkflowTaskQueueResponse task) => Service.RespondWorkflowTaskFailedAsync(new()
    {
        Namespace = Namespace,
        TaskToken = task.TaskToken,
        Cause = WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure,
        Failure = Commands.Failure("a bug"),
        Identity = Identity,
    });
}
