using Temporalio.Api.Enums.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Activity tasks as a worker meets them: attempts, heartbeats, cancellation, completion by id, pause.</summary>
public abstract class ActivityTaskBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    [Fact]
    public Task Poll_OfAnActivity_CarriesWhatItNeeds() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var task = await PollActivityAsync();
        task.ActivityId.ShouldBe("1");
        Observe("task", task);
        Observe("description", await DescribeAsync());
        await CompleteActivityAsync(task, "result");
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Activity_ThatFails_IsOfferedAgainWithItsLastDetails() => RecordedAsync(async () =>
    {
        await BeginAsync(a => a.RetryPolicy = new() { InitialInterval = Commands.Seconds(0.05) });
        var first = await PollActivityAsync();
        await HeartbeatAsync(first, "half way");
        await FailActivityAsync(first, Commands.Failure("not yet"));
        var second = await PollActivityAsync();
        second.Attempt.ShouldBe(2);
        Observe("second attempt", second);
        Observe("description", await DescribeAsync());
        await CompleteActivityAsync(second, "result");
        await AnswerAsync(Commands.Complete());
        (await HistoryAsync()).Single(e => e.EventType == EventType.ActivityTaskStarted).ActivityTaskStartedEventAttributes.Attempt.ShouldBe(2);
    });

    [Fact]
    public Task Activity_BetweenAttempts_IsDescribedWithItsLastFailure() => RecordedAsync(async () =>
    {
        await BeginAsync(a => a.RetryPolicy = new() { InitialInterval = Commands.Seconds(3600) });
        await FailActivityAsync(await PollActivityAsync(), Commands.Failure("not yet"));
        var description = await DescribeAsync();
        description.PendingActivities.Single().LastFailure.Message.ShouldBe("not yet");
        Observe("description", description);
        await TerminateAsync();
    });

    [Fact]
    public Task Activity_Cancelled_LearnsItFromItsHeartbeat() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var task = await PollActivityAsync();
        (await HeartbeatAsync(task, 1)).CancelRequested.ShouldBeFalse();
        await SignalAsync("cancel it");
        await AnswerAsync(Commands.CancelActivity(ScheduledEventId));
        var answer = await HeartbeatAsync(task, 2);
        answer.CancelRequested.ShouldBeTrue();
        Observe("heartbeat", answer);
        await Service.RespondActivityTaskCanceledAsync(new() { Namespace = Namespace, TaskToken = task.TaskToken, Identity = Identity, Details = Commands.Payloads("stopped") });
        await AnswerAsync(Commands.Complete());
        (await HistoryAsync()).ShouldContain(e => e.EventType == EventType.ActivityTaskCanceled);
    });

    [Fact]
    public Task Activity_CancelledBeforeItStarts_IsCancelledAtOnce() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await SignalAsync("cancel it");
        await AnswerAsync(Commands.CancelActivity(ScheduledEventId));
        var task = await PollAsync();
        Observe("task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Activity_ReportedCancelledUnasked_IsRefused() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var task = await PollActivityAsync();
        await RefusedAsync("a cancellation", () => Service.RespondActivityTaskCanceledAsync(new() { Namespace = Namespace, TaskToken = task.TaskToken, Identity = Identity }));
        await TerminateAsync();
    });

    [Fact]
    public Task Activity_AnsweredTwice_IsRefused() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var task = await PollActivityAsync();
        await CompleteActivityAsync(task, 1);
        (await RefusedAsync("a second answer", () => CompleteActivityAsync(task, 2))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        (await RefusedAsync("a late heartbeat", () => HeartbeatAsync(task, 2))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Activity_OfATerminatedWorkflow_IsGone() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var task = await PollActivityAsync();
        await TerminateAsync();
        (await RefusedAsync("a heartbeat", () => HeartbeatAsync(task, 1))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        (await RefusedAsync("an answer", () => CompleteActivityAsync(task, 1))).Code.ShouldBe(RpcException.StatusCode.NotFound);
    });

    [Fact]
    public Task Activity_ById_TakesHeartbeatsAndItsResult() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await PollActivityAsync();
        var answer = await Service.RecordActivityTaskHeartbeatByIdAsync(
            new() { Namespace = Namespace, WorkflowId = WorkflowId, ActivityId = "1", Details = Commands.Payloads(5), Identity = Identity });
        answer.CancelRequested.ShouldBeFalse();
        await Service.RespondActivityTaskCompletedByIdAsync(
            new() { Namespace = Namespace, WorkflowId = WorkflowId, ActivityId = "1", Result = Commands.Payloads("by id"), Identity = Identity });
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Activity_ById_CanFail() => RecordedAsync(async () =>
    {
        await BeginAsync(a => a.RetryPolicy = new() { MaximumAttempts = 1 });
        await PollActivityAsync();
        await Service.RespondActivityTaskFailedByIdAsync(
            new() { Namespace = Namespace, WorkflowId = WorkflowId, ActivityId = "1", Failure = Commands.Failure("by id"), Identity = Identity });
        await RefusedAsync("an unknown id", () => Service.RespondActivityTaskFailedByIdAsync(
            new() { Namespace = Namespace, WorkflowId = WorkflowId, ActivityId = "other", Failure = Commands.Failure("by id"), Identity = Identity }));
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Activity_OutOfTimeForRetries_TimesOutWithTheCause() => RecordedAsync(async () =>
    {
        await BeginAsync(a =>
        {
            a.ScheduleToCloseTimeout = Commands.Seconds(20);
            a.RetryPolicy = new() { InitialInterval = Commands.Seconds(60) };
        });
        await FailActivityAsync(await PollActivityAsync(), Commands.Failure("no time left"));
        var task = await PollAsync();
        Observe("task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Activity_StartedAndForgotten_TimesOutAndIsOfferedAgain() => RecordedAsync(async () =>
    {
        await BeginAsync(a =>
        {
            // Long enough for a loaded machine to answer the second attempt.
            a.StartToCloseTimeout = Commands.Seconds(5);
            a.RetryPolicy = new() { InitialInterval = Commands.Seconds(0.05) };
        });
        await PollActivityAsync();
        var second = await PollActivityAsync();
        second.Attempt.ShouldBe(2);
        Observe("description", await DescribeAsync());
        await CompleteActivityAsync(second, "result");
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Activity_PausedBetweenAttempts_WaitsUntilUnpaused() => RecordedAsync(async () =>
    {
        await BeginAsync(a => a.RetryPolicy = new() { InitialInterval = Commands.Seconds(1) });
        await FailActivityAsync(await PollActivityAsync(), Commands.Failure("not yet"));
        await Service.PauseActivityAsync(new() { Namespace = Namespace, Execution = Execution, Id = "1", Identity = Identity, Reason = "look first" });
        var paused = (await DescribeAsync()).PendingActivities.Single();
        paused.Paused.ShouldBeTrue();
        Observe("paused", paused);
        await Service.UnpauseActivityAsync(new() { Namespace = Namespace, Execution = Execution, Id = "1", Identity = Identity });
        await CompleteActivityAsync(await PollActivityAsync(), "result");
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Activity_Reset_BeginsAtItsFirstAttempt() => RecordedAsync(async () =>
    {
        await BeginAsync(a => a.RetryPolicy = new() { InitialInterval = Commands.Seconds(3600) });
        await FailActivityAsync(await PollActivityAsync(), Commands.Failure("not yet"));
        await Service.ResetActivityAsync(new() { Namespace = Namespace, Execution = Execution, Id = "1", Identity = Identity });
        var task = await PollActivityAsync();
        task.Attempt.ShouldBe(1);
        await CompleteActivityAsync(task, "result");
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Activity_WithNewOptions_IsTriedByThem() => RecordedAsync(async () =>
    {
        await BeginAsync(a => a.RetryPolicy = new() { InitialInterval = Commands.Seconds(3600) });
        await FailActivityAsync(await PollActivityAsync(), Commands.Failure("not yet"));
        var answer = await Service.UpdateActivityOptionsAsync(new()
        {
            Namespace = Namespace,
            Execution = Execution,
            Id = "1",
            Identity = Identity,
            ActivityOptions = new() { RetryPolicy = new() { InitialInterval = Commands.Seconds(0.1) } },
            UpdateMask = new() { Paths = { "retry_policy.initial_interval" } },
        });
        Observe("options", answer);
        await CompleteActivityAsync(await PollActivityAsync(), "result");
        await AnswerAsync(Commands.Complete());
    });

    private long ScheduledEventId { get; set; }

    private async Task BeginAsync(Action<Api.Command.V1.ScheduleActivityTaskCommandAttributes>? change = null)
    {
        await StartAsync();
        await AnswerAsync(Commands.ScheduleActivity(Queue, "1", change));
        ScheduledEventId = (await HistoryAsync()).Single(e => e.EventType == EventType.ActivityTaskScheduled).EventId;
    }

    private Task<Api.WorkflowService.V1.RecordActivityTaskHeartbeatResponse> HeartbeatAsync(Api.WorkflowService.V1.PollActivityTaskQueueResponse task, object details) =>
        Service.RecordActivityTaskHeartbeatAsync(new() { Namespace = Namespace, TaskToken = task.TaskToken, Details = Commands.Payloads(details), Identity = Identity });
}
