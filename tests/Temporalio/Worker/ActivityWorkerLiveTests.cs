using Google.Protobuf.WellKnownTypes;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.InTree.Tests.Support;
using Temporalio.Worker;

namespace Temporalio.InTree.Tests.Worker;

/// <summary>Activities of our worker under the real server.</summary>
public sealed class ActivityWorkerLiveTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    private static readonly Duration OneSecond = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));

    [SkippableFact]
    public async Task Activity_ThatReturns_IsCompletedWithItsResult()
    {
        RealServerFixture.RequireOracle();
        [Activity]
        static Task<string> GreetAsync(string name) => Task.FromResult($"Hello, {name}!");

        var result = await RunAsync(
            options => options.AddActivity(GreetAsync),
            async queue =>
            {
                var workflow = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Greet", ["bank"]);
                return await workflow.ActivityResultAsync<string>();
            });

        result.ShouldBe("Hello, bank!");
    }

    [SkippableFact]
    public async Task Activity_ThatThrowsANonRetryableFailure_IsFailedWithItsTypeAndDetails()
    {
        RealServerFixture.RequireOracle();
        [Activity]
        static void Refuse() => throw new ApplicationFailureException("no funds", "InsufficientFunds", nonRetryable: true, details: ["EUR"]);

        var closure = await RunAsync(
            options => options.AddActivity(Refuse),
            async queue => await (await HandDrivenWorkflow.WithActivityAsync(
                server.Client, queue, "Refuse", change: a => a.RetryPolicy = new() { MaximumAttempts = 5 })).ActivityClosureAsync());

        closure.EventType.ShouldBe(EventType.ActivityTaskFailed);
        var failed = closure.ActivityTaskFailedEventAttributes;
        failed.RetryState.ShouldBe(RetryState.NonRetryableFailure);
        failed.Failure.Message.ShouldBe("no funds");
        failed.Failure.ApplicationFailureInfo.Type.ShouldBe("InsufficientFunds");
        (await DataConverter.Default.ToValueAsync<string>(failed.Failure.ApplicationFailureInfo.Details.Payloads_.Single())).ShouldBe("EUR");
    }

    [SkippableFact]
    public async Task Activity_RetriedAfterAFailure_FindsTheHeartbeatThatTheThrottleHeldBack()
    {
        RealServerFixture.RequireOracle();
        [Activity]
        static async Task<string> ResumeAsync()
        {
            var context = ActivityExecutionContext.Current;
            if (context.Info.Attempt == 1)
            {
                context.Heartbeat("sent at once");
                context.Heartbeat("held back");
                throw new ApplicationFailureException("try again");
            }
            return await context.Info.HeartbeatDetailAtAsync<string>(0) + " at attempt " + context.Info.Attempt;
        }

        var result = await RunAsync(
            options => options.AddActivity(ResumeAsync),
            async queue => await (await HandDrivenWorkflow.WithActivityAsync(
                server.Client,
                queue,
                "Resume",
                change: a =>
                {
                    a.RetryPolicy = new() { MaximumAttempts = 2, InitialInterval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(10)) };
                    a.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(50));
                })).ActivityResultAsync<string>());

        result.ShouldBe("held back at attempt 2");
    }

    [SkippableFact]
    public async Task Activity_WhoseCancellationIsRequested_HearsItByHeartbeatAndIsCancelled()
    {
        RealServerFixture.RequireOracle();
        var seen = ActivityCancelReason.None;
        var started = new TaskCompletionSource();

        [Activity]
        async Task WaitAsync()
        {
            started.TrySetResult();
            try
            {
                await HeartbeatUntilCancelledAsync();
            }
            finally
            {
                seen = ActivityExecutionContext.Current.CancelReason;
            }
        }

        var closure = await RunAsync(
            options => options.AddActivity(WaitAsync),
            async queue =>
            {
                var workflow = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Wait", change: a => a.HeartbeatTimeout = OneSecond);
                await started.Task;
                await workflow.CancelActivityAsync();
                return await workflow.ActivityClosureAsync();
            });

        closure.EventType.ShouldBe(EventType.ActivityTaskCanceled);
        seen.ShouldBe(ActivityCancelReason.CancelRequested);
    }

    [SkippableFact]
    public async Task Activity_WhoseWorkflowIsTerminated_IsCancelledAsGone()
    {
        RealServerFixture.RequireOracle();
        var seen = new TaskCompletionSource<ActivityCancelReason>();
        var started = new TaskCompletionSource();

        [Activity]
        async Task WaitAsync()
        {
            started.TrySetResult();
            try
            {
                await HeartbeatUntilCancelledAsync();
            }
            finally
            {
                seen.TrySetResult(ActivityExecutionContext.Current.CancelReason);
            }
        }

        var reason = await RunAsync(
            options => options.AddActivity(WaitAsync),
            async queue =>
            {
                var workflow = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Wait", change: a => a.HeartbeatTimeout = OneSecond);
                await started.Task;
                await workflow.TerminateAsync();
                return await seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
            });

        reason.ShouldBe(ActivityCancelReason.GoneFromServer);
    }

    [SkippableFact]
    public async Task Activity_CompletedByAnother_TakesTheResultGivenWithItsToken()
    {
        RealServerFixture.RequireOracle();
        var token = new TaskCompletionSource<byte[]>();

        [Activity]
        string Defer()
        {
            token.TrySetResult(ActivityExecutionContext.Current.Info.TaskToken);
            throw new CompleteAsyncException();
        }

        var result = await RunAsync(
            options => options.AddActivity(Defer),
            async queue =>
            {
                var workflow = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Defer");
                await server.Client.GetAsyncActivityHandle(await token.Task).CompleteAsync("by another");
                return await workflow.ActivityResultAsync<string>();
            });

        result.ShouldBe("by another");
    }

    [SkippableFact]
    public async Task Activity_NotRegistered_FailsNamingTheKnownOnes()
    {
        RealServerFixture.RequireOracle();
        [Activity]
        static void Known()
        {
        }

        var closure = await RunAsync(
            options => options.AddActivity(Known),
            async queue => await (await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Unknown")).ActivityClosureAsync());

        var failure = closure.ActivityTaskFailedEventAttributes.Failure;
        failure.ApplicationFailureInfo.Type.ShouldBe("NotFoundError");
        failure.Message.ShouldContain("available activities: Known");
    }

    [SkippableFact]
    public async Task Shutdown_WithinTheGracePeriod_LetsTheActivityFinish()
    {
        RealServerFixture.RequireOracle();
        var started = new TaskCompletionSource();

        [Activity]
        async Task<string> FinishAsync()
        {
            started.TrySetResult();
            var context = ActivityExecutionContext.Current;
            await Task.Delay(Timeout.Infinite, context.WorkerShutdownToken).ContinueWith(_ => { }, TaskScheduler.Default);
            return context.CancellationToken.IsCancellationRequested ? "cancelled" : "finished";
        }

        HandDrivenWorkflow? workflow = null;
        await RunAsync(
            options =>
            {
                options.AddActivity(FinishAsync);
                options.GracefulShutdownTimeout = TimeSpan.FromSeconds(30);
            },
            async queue =>
            {
                workflow = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Finish");
                await started.Task;
                return true;
            });

        (await workflow!.ActivityResultAsync<string>()).ShouldBe("finished");
    }

    [SkippableFact]
    public async Task Shutdown_AfterTheGracePeriod_FailsTheActivitySoThatItIsRetried()
    {
        RealServerFixture.RequireOracle();
        var started = new TaskCompletionSource();

        [Activity]
        async Task WaitAsync()
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);
        }

        HandDrivenWorkflow? workflow = null;
        await RunAsync(
            options => options.AddActivity(WaitAsync),
            async queue =>
            {
                workflow = await HandDrivenWorkflow.WithActivityAsync(server.Client, queue, "Wait");
                await started.Task;
                return true;
            });

        var failure = (await workflow!.ActivityClosureAsync()).ActivityTaskFailedEventAttributes.Failure;
        failure.ApplicationFailureInfo.Type.ShouldBe("WorkerShutdown");
        failure.ApplicationFailureInfo.NonRetryable.ShouldBeFalse();
    }

    [SkippableFact]
    public async Task ExecuteAsync_InAnUnknownNamespace_SaysSo()
    {
        RealServerFixture.RequireOracle();
        [Activity]
        static void Nothing()
        {
        }

        var client = await TemporalClient.ConnectAsync(new(server.TargetHost) { Namespace = "no-such-namespace" });
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("queue").AddActivity(Nothing));

        var error = await Should.ThrowAsync<InvalidOperationException>(() => worker.ExecuteAsync(CancellationToken.None));

        error.Message.ShouldContain("no-such-namespace");
    }

    private static async Task HeartbeatUntilCancelledAsync()
    {
        var context = ActivityExecutionContext.Current;
        while (true)
        {
            context.Heartbeat();
            await Task.Delay(TimeSpan.FromMilliseconds(50), context.CancellationToken);
        }
    }

    private async Task<T> RunAsync<T>(Action<TemporalWorkerOptions> configure, Func<string, Task<T>> test)
    {
        var queue = RealServerFixture.NewId("activities");
        var options = new TemporalWorkerOptions(queue);
        configure(options);
        using var worker = new TemporalWorker(server.Client, options);
        return await worker.ExecuteAsync(() => test(queue));
    }
}
