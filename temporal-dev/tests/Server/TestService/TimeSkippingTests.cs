using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.TestService.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.TestService;

/// <summary>Workflows in a server whose time skips, driven by hand through its port.</summary>
public sealed class TimeSkippingTests
{
    private const string Queue = "q";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Unlock_WorkflowWaitsOnATimer_FiresItADayLaterAtOnce()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Locked });
        var start = await NowAsync(server);
        await StartAsync(server);
        await CompleteAsync(server, await PollAsync(server), StartTimer(Day));

        await server.TestAsync<UnlockTimeSkippingResponse>("UnlockTimeSkipping", new UnlockTimeSkippingRequest());
        var task = await PollAsync(server);

        task.History.Events.ShouldContain(e => e.EventType == EventType.TimerFired);
        var now = await NowAsync(server);
        now.ShouldBeGreaterThanOrEqualTo(start + Day);
        now.ShouldBeLessThan(start + Day + TimeSpan.FromHours(1), "the task that the timer made is under way: time stands by it");
    }

    [Fact]
    public async Task Unlock_ActivityIsRunning_TimeStaysUntilItIsDone()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Unlocked });
        var start = await NowAsync(server);
        await StartAsync(server);
        await CompleteAsync(server, await PollAsync(server), Activity(), StartTimer(Day));
        var activity = await server.WorkflowAsync<PollActivityTaskQueueResponse>("PollActivityTaskQueue", new PollActivityTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue { Name = Queue } });

        activity.TaskToken.IsEmpty.ShouldBeFalse();
        (await NowAsync(server)).ShouldBeLessThan(start + TimeSpan.FromHours(1));
        await server.WorkflowAsync<RespondActivityTaskCompletedResponse>("RespondActivityTaskCompleted", new RespondActivityTaskCompletedRequest { Namespace = "default", TaskToken = activity.TaskToken });
        await CompleteAsync(server, await PollAsync(server));
        var task = await PollAsync(server);

        task.History.Events.ShouldContain(e => e.EventType == EventType.TimerFired);
        (await NowAsync(server)).ShouldBeGreaterThanOrEqualTo(start + Day);
    }

    [Fact]
    public async Task Unlock_NobodyTakesTheWorkflowTask_TimeWaitsForAWorker()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Unlocked });
        var start = await NowAsync(server);
        await StartAsync(server, runTimeout: Day);

        for (var i = 0; i < 20; i++)
            (await NowAsync(server)).ShouldBeLessThan(start + TimeSpan.FromHours(1));
        (await PollAsync(server)).TaskToken.IsEmpty.ShouldBeFalse("a worker that comes late finds the workflow as it was left");
    }

    [Fact]
    public async Task Unlock_ScheduleIsDueTomorrow_ActsThenAtOnce()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Locked });
        var start = await NowAsync(server);
        await server.WorkflowAsync<CreateScheduleResponse>("CreateSchedule", new CreateScheduleRequest
        {
            Namespace = "default",
            ScheduleId = "daily",
            RequestId = "r",
            Schedule = new Schedule
            {
                Spec = new ScheduleSpec { Interval = { new IntervalSpec { Interval = Duration.FromTimeSpan(Day) } } },
                Action = new ScheduleAction { StartWorkflow = new NewWorkflowExecutionInfo { WorkflowId = "job", WorkflowType = new WorkflowType { Name = "T" }, TaskQueue = new TaskQueue { Name = Queue } } },
            },
        });

        await server.TestAsync<UnlockTimeSkippingResponse>("UnlockTimeSkipping", new UnlockTimeSkippingRequest());
        var task = await PollAsync(server);

        task.WorkflowExecution.WorkflowId.ShouldStartWith("job-");
        (await NowAsync(server)).ShouldBeInRange(start, start + Day + TimeSpan.FromHours(1), "the run that it started waits for its worker: time stands by it");
    }

    [Fact]
    public async Task UnlockWithSleep_Locked_PassesTheTimeAndLocksAgain()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Locked });
        var start = await NowAsync(server);

        await server.TestAsync<SleepResponse>("UnlockTimeSkippingWithSleep", new SleepRequest { Duration = Duration.FromTimeSpan(3 * Day) });
        var after = await NowAsync(server);
        await StartAsync(server);
        await CompleteAsync(server, await PollAsync(server), StartTimer(Day));

        (after - start).ShouldBeInRange(3 * Day, (3 * Day) + TimeSpan.FromHours(1));
        (await NowAsync(server)).ShouldBeLessThan(after + TimeSpan.FromHours(1), "it is locked again");
    }

    [Fact]
    public async Task UnlockWithSleep_NotLocked_IsRefused()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Unlocked });

        var refused = await Should.ThrowAsync<RpcException>(() => server.TestAsync<SleepResponse>("UnlockTimeSkippingWithSleep", new SleepRequest { Duration = Duration.FromTimeSpan(Day) }));

        refused.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
    }

    [Fact]
    public async Task Sleep_ClientsWaitForTheirTimes_EachIsAnsweredAtIts()
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Locked });
        var start = await NowAsync(server);
        var until = server.TestAsync<SleepResponse>("SleepUntil", new SleepUntilRequest { Timestamp = Timestamp.FromDateTimeOffset(start + (10 * Day)) });
        var sleep = server.TestAsync<SleepResponse>("Sleep", new SleepRequest { Duration = Duration.FromTimeSpan(5 * Day) });
        await server.TestAsync<SleepResponse>("Sleep", new SleepRequest());

        await server.TestAsync<UnlockTimeSkippingResponse>("UnlockTimeSkipping", new UnlockTimeSkippingRequest());
        await Task.WhenAll(until, sleep);

        (await NowAsync(server)).ShouldBeGreaterThanOrEqualTo(start + (10 * Day));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(300_000_000_000)]
    public async Task Sleep_BeyondTheCalendar_IsRefused(long seconds)
    {
        await using var server = await InProcessServer.StartAsync(new DevServerOptions { TimeSkipping = TimeSkipping.Unlocked });

        var refused = await Should.ThrowAsync<RpcException>(() => server.TestAsync<SleepResponse>("Sleep", new SleepRequest { Duration = new Duration { Seconds = seconds } }));

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task GetCurrentTime_OnAServingServer_IsNotThere()
    {
        await using var server = await InProcessServer.StartAsync();

        (await Should.ThrowAsync<RpcException>(() => NowAsync(server))).StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    private static async Task<DateTimeOffset> NowAsync(InProcessServer server) =>
        (await server.TestAsync<GetCurrentTimeResponse>("GetCurrentTime", new Empty())).Time.ToDateTimeOffset();

    private static Task StartAsync(InProcessServer server, TimeSpan? runTimeout = null) => server.WorkflowAsync<StartWorkflowExecutionResponse>("StartWorkflowExecution", new StartWorkflowExecutionRequest
    {
        Namespace = "default",
        WorkflowId = "w",
        RequestId = Guid.NewGuid().ToString(),
        WorkflowType = new WorkflowType { Name = "T" },
        TaskQueue = new TaskQueue { Name = Queue },
        WorkflowRunTimeout = runTimeout is { } time ? Duration.FromTimeSpan(time) : null,
    });

    private static async Task<PollWorkflowTaskQueueResponse> PollAsync(InProcessServer server)
    {
        var task = await server.WorkflowAsync<PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue { Name = Queue } });
        task.TaskToken.ShouldNotBe(ByteString.Empty);
        return task;
    }

    private static Task CompleteAsync(InProcessServer server, PollWorkflowTaskQueueResponse task, params Command[] commands) =>
        server.WorkflowAsync<RespondWorkflowTaskCompletedResponse>("RespondWorkflowTaskCompleted", new RespondWorkflowTaskCompletedRequest { Namespace = "default", TaskToken = task.TaskToken, Commands = { commands } });

    private static Command StartTimer(TimeSpan after) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new StartTimerCommandAttributes { TimerId = "1", StartToFireTimeout = Duration.FromTimeSpan(after) },
    };

    private static Command Activity() => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = "2",
            ActivityType = new ActivityType { Name = "A" },
            TaskQueue = new TaskQueue { Name = Queue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromDays(10)),
        },
    };
}
