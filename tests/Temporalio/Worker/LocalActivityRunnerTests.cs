using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Runtime;
using Temporalio.Runtime.Prometheus;
using Temporalio.Worker;
using Temporalio.Worker.ActivityTasks;
using Temporalio.Worker.Tuning;
using Temporalio.Worker.WorkflowTasks;
using Temporalio.Workflows;

namespace Temporalio.InTree.Tests.Worker;

public sealed class LocalActivityRunnerTests
{
    private static readonly RetryPolicy Quick = new() { InitialInterval = TimeSpan.FromMilliseconds(1), BackoffCoefficient = 1 };

    [Fact]
    public async Task Run_ThatReturns_HasItsResultAndKnowsItIsLocal()
    {
        [Activity]
        static string Work(string name) => name + ActivityExecutionContext.Current.Info.IsLocal;

        var outcome = await RunAsync(Work, Request("Work", "x"));

        outcome.Failure.ShouldBeNull();
        outcome.Result!.Data.ToStringUtf8().ShouldBe("\"xTrue\"");
        outcome.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Run_ThatFailsTwice_IsRetriedAndSucceeds()
    {
        [Activity]
        static int Work() => ActivityExecutionContext.Current.Info.Attempt < 3
            ? throw new InvalidOperationException("not yet")
            : ActivityExecutionContext.Current.Info.Attempt;

        var outcome = await RunAsync(Work, Request("Work") with { RetryPolicy = Quick });

        outcome.Attempt.ShouldBe(3);
        outcome.Result!.Data.ToStringUtf8().ShouldBe("3");
    }

    [Fact]
    public async Task Run_NonRetryableFailure_EndsAtOnce()
    {
        [Activity]
        static void Work() => throw new ApplicationFailureException("no", "Refused", nonRetryable: true);

        var outcome = await RunAsync(Work, Request("Work") with { RetryPolicy = Quick });

        outcome.Attempt.ShouldBe(1);
        outcome.Failure!.ActivityFailureInfo.RetryState.ShouldBe(RetryState.NonRetryableFailure);
        outcome.Failure.Cause.ApplicationFailureInfo.Type.ShouldBe("Refused");
    }

    [Fact]
    public async Task Run_MaximumAttemptsReached_EndsWithTheLastFailure()
    {
        [Activity]
        static void Work() => throw new InvalidOperationException("attempt " + ActivityExecutionContext.Current.Info.Attempt);

        var outcome = await RunAsync(Work, Request("Work") with { RetryPolicy = Quick with { MaximumAttempts = 2 } });

        outcome.Failure!.Cause.Message.ShouldBe("attempt 2");
        outcome.Failure.ActivityFailureInfo.RetryState.ShouldBe(RetryState.MaximumAttemptsReached);
    }

    [Fact]
    public async Task Run_BackoffBeyondTheThreshold_IsLeftToTheWorkflow()
    {
        [Activity]
        static void Work() => throw new InvalidOperationException();

        var outcome = await RunAsync(Work, Request("Work") with
        {
            RetryPolicy = new() { InitialInterval = TimeSpan.FromMinutes(5) },
        });

        outcome.Backoff.ShouldBe(TimeSpan.FromMinutes(5));
        outcome.Failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_LongerThanStartToClose_TimesOutAndCancelsTheActivity()
    {
        var reason = new TaskCompletionSource<ActivityCancelReason>();

        [Activity]
        async Task WorkAsync()
        {
            var context = ActivityExecutionContext.Current;
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            reason.SetResult(context.CancelReason);
        }

        var outcome = await RunAsync(WorkAsync, Request("Work") with
        {
            StartToCloseTimeout = TimeSpan.FromMilliseconds(50),
            RetryPolicy = Quick with { MaximumAttempts = 1 },
        });

        outcome.Failure!.Cause.TimeoutFailureInfo.TimeoutType.ShouldBe(TimeoutType.StartToClose);
        (await reason.Task.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(ActivityCancelReason.Timeout);
    }

    [Fact]
    public async Task Run_LongerThanScheduleToClose_TimesOutWithoutRetry()
    {
        [Activity]
        static Task WorkAsync() => Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);

        var outcome = await RunAsync(WorkAsync, Request("Work") with
        {
            ScheduleToCloseTimeout = TimeSpan.FromMilliseconds(50),
            RetryPolicy = Quick,
        });

        outcome.Attempt.ShouldBe(1);
        outcome.Failure!.Cause.TimeoutFailureInfo.TimeoutType.ShouldBe(TimeoutType.ScheduleToClose);
    }

    [Theory]
    [InlineData(ActivityCancellationType.TryCancel)]
    [InlineData(ActivityCancellationType.WaitCancellationCompleted)]
    public async Task Run_Cancelled_EndsCancelled(ActivityCancellationType type)
    {
        using var cancel = new CancellationTokenSource();

        [Activity]
        async Task WorkAsync()
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);
        }

        var outcome = await RunAsync(WorkAsync, Request("Work") with { CancellationType = type }, cancel.Token);

        outcome.Failure!.Cause.CanceledFailureInfo.ShouldNotBeNull();
        outcome.Failure.ActivityFailureInfo.RetryState.ShouldBe(RetryState.CancelRequested);
    }

    [Fact]
    public async Task Run_WhenTheWorkerShutsDown_IsNoOutcomeForTheWorkflow()
    {
        var started = new TaskCompletionSource();

        [Activity]
        async Task WorkAsync()
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);
        }

        using var worker = NewWorker(WorkAsync);
        var run = worker.LocalActivities.RunAsync(Request("Work"), CancellationToken.None);
        await started.Task;

        worker.BeginShutdown();

        await Should.ThrowAsync<OperationCanceledException>(() => run);
        await worker.DrainAsync();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(50, 100)]
    public void RetryDecision_DefaultPolicy_DoublesUpToAHundredTimesTheFirst(int attempt, int expectedSeconds) =>
        RetryDecision.After(null, attempt, null).Backoff.ShouldBe(TimeSpan.FromSeconds(expectedSeconds));

    [Fact]
    public void RetryDecision_ListedErrorType_EndsRetries() => RetryDecision.After(
        new() { NonRetryableErrorTypes = ["Refused"] }, 1, new() { Type = "Refused" }).State.ShouldBe(RetryState.NonRetryableFailure);

    [Fact]
    public void RetryDecision_FailureThatNamesItsDelay_WaitsThatLong() => RetryDecision.After(
        null, 1, new() { NextRetryDelay = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(7)) })
        .Backoff.ShouldBe(TimeSpan.FromSeconds(7));

    [Fact]
    public async Task Run_WithMetrics_CountsAttemptsAndSlots()
    {
        var meter = new PrometheusMeter(new());
        var runtime = new TemporalRuntime(new() { Telemetry = new() { Metrics = new() { CustomMetricMeter = meter, AttachServiceName = false } } });
        var used = string.Empty;

        [Activity]
        int Work()
        {
            used = meter.Render();
            return ActivityExecutionContext.Current.Info.Attempt < 2 ? throw new InvalidOperationException("not yet") : 1;
        }

        using (var worker = NewWorker(Work, runtime))
        {
            await worker.LocalActivities.RunAsync(Request("Work") with { RetryPolicy = Quick }, CancellationToken.None);
            // The slot is given back a moment after the outcome is known.
            await Eventually.Async(() => meter.Render().Contains(Slots("used", 0), StringComparison.Ordinal));
        }

        used.ShouldContain(Slots("used", 1));
        used.ShouldContain(Slots("available", 0));
        var text = meter.Render();
        text.ShouldContain(Slots("available", 1));
        text.ShouldContain("\ntemporal_local_activity_total{activity_type=\"Work\",namespace=\"default\",task_queue=\"queue\"} 2\n");
        text.ShouldContain("\ntemporal_local_activity_execution_failed{activity_type=\"Work\",namespace=\"default\",task_queue=\"queue\"} 1\n");
        text.ShouldContain("temporal_local_activity_succeed_endtoend_latency_count{activity_type=\"Work\",namespace=\"default\",task_queue=\"queue\"} 1\n");

        static string Slots(string what, int number) =>
            $"temporal_worker_task_slots_{what}{{namespace=\"default\",task_queue=\"queue\",worker_type=\"LocalActivityWorker\"}} {number}\n";
    }

    private static LocalActivityRequest Request(string type, params object?[] arguments) => new()
    {
        Sequence = 1,
        ActivityId = "1",
        ActivityType = type,
        Arguments = DataConverter.Default.PayloadConverter.ToPayloads(arguments),
        Namespace = "default",
        TaskQueue = "queue",
        WorkflowId = "workflow",
        WorkflowRunId = "run",
        WorkflowType = "Workflow",
    };

    private static async Task<LocalActivityOutcome> RunAsync(
        Delegate activity, LocalActivityRequest request, CancellationToken cancel = default)
    {
        using var worker = NewWorker(activity);
        return await worker.LocalActivities.RunAsync(request, cancel);
    }

    private static ActivityWorker NewWorker(Delegate activity, TemporalRuntime? runtime = null)
    {
        var options = new TemporalWorkerOptions("queue").AddActivity(activity);
        var client = new ScriptedClient(new ScriptedService());
        client.Connection.Options.Runtime = runtime;
        var environment = new WorkerEnvironment(client, options);
        return new(environment, new(options.Activities), WorkerTuner.CreateFixedSize(1, 1, 1));
    }
}
