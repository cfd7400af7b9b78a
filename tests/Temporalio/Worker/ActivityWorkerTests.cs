using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Activities;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

namespace Temporalio.InTree.Tests.Worker;

/// <summary>The activity worker against a scripted server.</summary>
public sealed class ActivityWorkerTests
{
    private readonly ScriptedService service = new();

    [Fact]
    public async Task Run_WithFewerArgumentsThanRequired_FailsTheActivity()
    {
        [Activity]
        static void Two(string first, string second)
        {
        }

        service.Enqueue(ActivityTasks.New("Two", "only"));

        var report = await ReportAsync<RespondActivityTaskFailedRequest>(options => options.AddActivity(Two));

        report.Failure.Cause.Message.ShouldContain("given 1 parameter(s)");
    }

    [Fact]
    public async Task Run_WithMissingOptionalArgument_UsesItsDefault()
    {
        [Activity]
        static string Two(string first, string second = "default") => first + second;

        service.Enqueue(ActivityTasks.New("Two", "a-"));

        var report = await ReportAsync<RespondActivityTaskCompletedRequest>(options => options.AddActivity(Two));

        report.Result.Payloads_.Single().Data.ToStringUtf8().ShouldBe("\"a-default\"");
    }

    [Fact]
    public async Task Run_DynamicActivity_GetsTheRawArgumentsOfAnUnknownType()
    {
        [Activity(Dynamic = true)]
        static string Any(IRawValue[] arguments) =>
            ActivityExecutionContext.Current.Info.ActivityType + arguments.Length +
            ActivityExecutionContext.Current.PayloadConverter.ToValue<string>(arguments[1]);

        service.Enqueue(ActivityTasks.New("Whatever", 1, "two"));

        var report = await ReportAsync<RespondActivityTaskCompletedRequest>(options => options.AddActivity(Any));

        report.Result.Payloads_.Single().Data.ToStringUtf8().ShouldBe("\"Whatever2two\"");
    }

    [Fact]
    public async Task Run_ResultThatCannotBeConverted_FailsTheActivity()
    {
        [Activity]
        static object Cyclic()
        {
            var list = new List<object>();
            list.Add(list);
            return list;
        }

        service.Enqueue(ActivityTasks.New("Cyclic"));

        var report = await ReportAsync<RespondActivityTaskFailedRequest>(options => options.AddActivity(Cyclic));

        report.Failure.ApplicationFailureInfo.Type.ShouldBe("JsonException");
    }

    [Fact]
    public async Task Run_HeartbeatDetailsThatCannotBeConverted_CancelAndFailTheActivity()
    {
        [Activity]
        static async Task BeatAsync()
        {
            var cyclic = new List<object>();
            cyclic.Add(cyclic);
            ActivityExecutionContext.Current.Heartbeat(cyclic);
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);
        }

        service.Enqueue(ActivityTasks.New("Beat"));

        var report = await ReportAsync<RespondActivityTaskFailedRequest>(options => options.AddActivity(BeatAsync));

        report.Failure.ApplicationFailureInfo.Type.ShouldBe("JsonException");
    }

    [Theory]
    [InlineData("paused", "ActivityPause")]
    [InlineData("reset", "ActivityReset")]
    public async Task Run_PausedOrResetActivity_FailsSoThatItIsTriedAgain(string news, string errorType)
    {
        [Activity]
        static async Task WaitAsync()
        {
            ActivityExecutionContext.Current.Heartbeat();
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);
        }

        service.OnHeartbeat = _ => new() { ActivityPaused = news == "paused", ActivityReset = news == "reset" };
        service.Enqueue(ActivityTasks.New("Wait"));

        var report = await ReportAsync<RespondActivityTaskFailedRequest>(options => options.AddActivity(WaitAsync));

        report.Failure.ApplicationFailureInfo.Type.ShouldBe(errorType);
    }

    [Fact]
    public async Task Run_ActivityGoneFromServer_IsNotReported()
    {
        var reason = new TaskCompletionSource<ActivityCancelReason>();

        [Activity]
        async Task WaitAsync()
        {
            ActivityExecutionContext.Current.Heartbeat();
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken)
                .ContinueWith(_ => { }, TaskScheduler.Default);
            reason.SetResult(ActivityExecutionContext.Current.CancelReason);
        }

        service.OnHeartbeat = _ => throw new RpcException(RpcException.StatusCode.NotFound, "gone", null);
        service.Enqueue(ActivityTasks.New("Wait"));

        await ExecuteAsync(options => options.AddActivity(WaitAsync), () => reason.Task);

        (await reason.Task).ShouldBe(ActivityCancelReason.GoneFromServer);
        service.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_ActivityThatIgnoresACancellation_IsCompleted()
    {
        var cancelled = new TaskCompletionSource();

        [Activity]
        async Task<int> WorkAsync()
        {
            ActivityExecutionContext.Current.CancellationToken.Register(cancelled.SetResult);
            ActivityExecutionContext.Current.Heartbeat();
            await cancelled.Task;
            return 7;
        }

        service.OnHeartbeat = _ => new() { CancelRequested = true };
        service.Enqueue(ActivityTasks.New("Work"));

        var report = await ReportAsync<RespondActivityTaskCompletedRequest>(options => options.AddActivity(WorkAsync));

        report.Result.Payloads_.Single().Data.ToStringUtf8().ShouldBe("7");
    }

    [Fact]
    public async Task Run_ManyTasks_NeverExceedsTheSlots()
    {
        var running = 0;
        var most = 0;

        [Activity]
        async Task WorkAsync()
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
        }

        for (var i = 0; i < 50; i++)
        {
            service.Enqueue(ActivityTasks.New("Work"));
        }

        await ExecuteAsync(
            options =>
            {
                options.AddActivity(WorkAsync);
                options.MaxConcurrentActivities = 3;
            },
            () => Eventually.Async(() => service.Reports.Count == 50));

        most.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task Report_WhileTheServerIsAway_IsRepeatedUntilTaken()
    {
        [Activity]
        static string Work() => "done";

        service.ReportFailures.Enqueue(new RpcException(RpcException.StatusCode.Unavailable, "away", null));
        service.ReportFailures.Enqueue(new RpcException(RpcException.StatusCode.DeadlineExceeded, "slow", null));
        service.Enqueue(ActivityTasks.New("Work"));

        var report = await ReportAsync<RespondActivityTaskCompletedRequest>(options => options.AddActivity(Work));

        report.Result.Payloads_.Single().Data.ToStringUtf8().ShouldBe("\"done\"");
    }

    [Fact]
    public async Task Report_OfATooLargeResult_FailsTheActivityForGood()
    {
        [Activity]
        static string Work() => "large";

        service.ReportFailures.Enqueue(new RpcException(
            RpcException.StatusCode.ResourceExhausted, "grpc: received message larger than max (5000000 vs. 4194304)", null));
        service.Enqueue(ActivityTasks.New("Work"));

        var report = await ReportAsync<RespondActivityTaskFailedRequest>(options => options.AddActivity(Work));

        report.Failure.ApplicationFailureInfo.Type.ShouldBe("PayloadsTooLarge");
        report.Failure.ApplicationFailureInfo.NonRetryable.ShouldBeTrue();
    }

    [Fact]
    public async Task Heartbeat_ManyTimesWithinTheInterval_SendsTheFirstOnly()
    {
        [Activity]
        static async Task WorkAsync()
        {
            for (var i = 0; i < 100; i++)
            {
                ActivityExecutionContext.Current.Heartbeat(i);
                await Task.Yield();
            }
        }

        var task = ActivityTasks.New("Work");
        task.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(30));
        service.Enqueue(task);

        await ReportAsync<RespondActivityTaskCompletedRequest>(options => options.AddActivity(WorkAsync));

        service.Heartbeats.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Heartbeat_HeldBackWhenTheActivityIsCancelled_IsSentBeforeTheReport()
    {
        [Activity]
        static async Task WorkAsync()
        {
            var context = ActivityExecutionContext.Current;
            context.Heartbeat("first");
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            context.Heartbeat("last");
            context.CancellationToken.ThrowIfCancellationRequested();
        }

        service.OnHeartbeat = _ => new() { CancelRequested = true };
        service.Enqueue(ActivityTasks.New("Work"));

        await ReportAsync<RespondActivityTaskCanceledRequest>(options => options.AddActivity(WorkAsync));

        service.Heartbeats.Select(h => h.Details.Payloads_.Single().Data.ToStringUtf8()).ShouldBe(["\"first\"", "\"last\""]);
    }

    [Fact]
    public async Task Run_WithInterceptors_CallsThemOutsideInAndHeartbeatsInsideOut()
    {
        var calls = new ConcurrentQueue<string>();

        [Activity]
        void Work()
        {
            calls.Enqueue("activity");
            ActivityExecutionContext.Current.Heartbeat();
        }

        service.Enqueue(ActivityTasks.New("Work"));

        await ReportAsync<RespondActivityTaskCompletedRequest>(options =>
        {
            options.AddActivity(Work);
            options.Interceptors = [new Recording("outer", calls), new Recording("inner", calls)];
        });

        calls.ShouldBe(["outer", "inner", "activity", "inner heartbeat", "outer heartbeat"], ignoreOrder: false);
    }

    [Fact]
    public async Task Poll_RefusedForGood_EndsTheWorkerWithTheReason()
    {
        [Activity]
        static void Work()
        {
        }

        using var worker = NewWorker(options =>
        {
            options.AddActivity(Work);
            options.MaxConcurrentActivityTaskPolls = 3;
        });
        var running = worker.ExecuteAsync(CancellationToken.None);

        // The polls of the others are open and would stay so for a minute.
        await Eventually.Async(() => service.Polls == 3);
        service.FailPoll(new RpcException(RpcException.StatusCode.PermissionDenied, "not for you", null));

        var error = await Should.ThrowAsync<RpcException>(running);

        error.Message.ShouldBe("not for you");
    }

    [Fact]
    public async Task Poll_FailingForAWhile_GoesOn()
    {
        [Activity]
        static void Work()
        {
        }

        service.FailPoll(new RpcException(RpcException.StatusCode.Unavailable, "away", null));
        service.Enqueue(ActivityTasks.New("Work"));

        await ReportAsync<RespondActivityTaskCompletedRequest>(options =>
        {
            options.AddActivity(Work);
            options.MaxConcurrentActivityTaskPolls = 1;
        });
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private TemporalWorker NewWorker(Action<TemporalWorkerOptions> configure)
    {
        var options = new TemporalWorkerOptions("queue");
        configure(options);
        return new(new ScriptedClient(service), options);
    }

    private async Task ExecuteAsync(Action<TemporalWorkerOptions> configure, Func<Task> until)
    {
        using var worker = NewWorker(configure);
        await worker.ExecuteAsync(until);
    }

    private async Task<T> ReportAsync<T>(Action<TemporalWorkerOptions> configure)
        where T : Google.Protobuf.IMessage
    {
        using var worker = NewWorker(configure);
        return await worker.ExecuteAsync(service.ReportAsync<T>);
    }

    private sealed class Recording(string name, ConcurrentQueue<string> calls) : IWorkerInterceptor
    {
        public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) =>
            new Inbound(nextInterceptor, name, calls);

        private sealed class Inbound(ActivityInboundInterceptor next, string name, ConcurrentQueue<string> calls)
            : ActivityInboundInterceptor(next)
        {
            public override void Init(ActivityOutboundInterceptor outbound) => base.Init(new Outbound(outbound, name, calls));

            public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
            {
                calls.Enqueue(name);
                return base.ExecuteActivityAsync(input);
            }
        }

        private sealed class Outbound(ActivityOutboundInterceptor next, string name, ConcurrentQueue<string> calls)
            : ActivityOutboundInterceptor(next)
        {
            public override void Heartbeat(HeartbeatInput input)
            {
                calls.Enqueue(name + " heartbeat");
                base.Heartbeat(input);
            }
        }
    }
}
