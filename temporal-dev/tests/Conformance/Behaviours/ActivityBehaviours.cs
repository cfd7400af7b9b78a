using System.Runtime.CompilerServices;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Activities as workflows see them: results, retries, timeouts.</summary>
public abstract class ActivityBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Activity_ThatReturns_GivesItsResultToTheWorkflow() => RunAsync(
        "Echo", new() { StartToCloseTimeout = Minute }, "hello");

    [Fact]
    public Task Activity_ThatFailsTwice_SucceedsAtTheThirdAttempt() => RunAsync(
        "FailTwice", new() { StartToCloseTimeout = Minute, RetryPolicy = Quick }, "attempt 3");

    [Fact]
    public Task Activity_ThatFailsForGood_FailsAtTheFirstAttempt() => RunAsync(
        "Refuse", new() { StartToCloseTimeout = Minute, RetryPolicy = Quick }, "Refused NonRetryableFailure");

    [Fact]
    public Task Activity_OfAListedErrorType_IsNotRetried() => RunAsync(
        "Fail",
        new() { StartToCloseTimeout = Minute, RetryPolicy = new() { NonRetryableErrorTypes = ["Broken"] } },
        "Broken NonRetryableFailure");

    [Fact]
    public Task Activity_OutOfAttempts_FailsWithTheLastFailure() => RunAsync(
        "Fail",
        new() { StartToCloseTimeout = Minute, RetryPolicy = new() { MaximumAttempts = 2, InitialInterval = TimeSpan.FromMilliseconds(10) } },
        "Broken MaximumAttemptsReached");

    [Fact]
    public Task Activity_ThatNamesItsRetryDelay_IsRetriedThen() => RunAsync(
        "FailWithDelay",
        new() { StartToCloseTimeout = Minute, RetryPolicy = new() { InitialInterval = TimeSpan.FromHours(1) } },
        "attempt 2");

    [Fact]
    public Task Activity_LongerThanStartToClose_TimesOut() => RunAsync(
        "Hang", new() { StartToCloseTimeout = TimeSpan.FromSeconds(1), RetryPolicy = Once }, "timeout StartToClose");

    [Fact]
    public Task Activity_LongerThanScheduleToClose_TimesOut() => RunAsync(
        "Ignore", new() { ScheduleToCloseTimeout = TimeSpan.FromSeconds(3) }, "timeout ScheduleToClose");

    [Fact]
    public Task Activity_ThatNobodyStarts_TimesOut() => RunAsync(
        "Echo",
        new() { ScheduleToStartTimeout = TimeSpan.FromSeconds(1), StartToCloseTimeout = Minute, TaskQueue = NewId("nobody") },
        "timeout ScheduleToStart");

    [Fact]
    public Task Activity_WithoutHeartbeats_TimesOutByHeartbeat() => RunAsync(
        "Hang",
        new() { StartToCloseTimeout = Minute, HeartbeatTimeout = TimeSpan.FromSeconds(1), RetryPolicy = Once },
        "timeout Heartbeat");

    [Fact]
    public Task Activity_RetriedAfterAHeartbeatTimeout_FindsItsLastDetails() => RunAsync(
        "Resume", new() { StartToCloseTimeout = Minute, HeartbeatTimeout = TimeSpan.FromSeconds(1), RetryPolicy = Quick }, "from 42");

    [Fact]
    public Task Activity_WithASummary_RecordsIt() => WithWorkerAsync(Configure, async queue =>
    {
        var handle = await Client.StartWorkflowAsync(
            (OneActivityWorkflow wf) => wf.RunAsync("Echo", new() { StartToCloseTimeout = Minute, Summary = "lock funds" }), Options(queue));
        await handle.GetResultAsync();
        var scheduled = (await EventsAsync(handle)).Single(e => e.EventType == EventType.ActivityTaskScheduled);
        (await DataConverter.Default.ToValueAsync<string>(scheduled.UserMetadata.Summary)).ShouldBe("lock funds");
    });

    [Fact]
    public Task Activity_CompletedByAnother_TakesItsResult() => WithWorkerAsync(Configure, async queue =>
    {
        var handle = await Client.StartWorkflowAsync(
            (OneActivityWorkflow wf) => wf.RunAsync("Defer", new() { StartToCloseTimeout = Minute, ActivityId = "deferred" }), Options(queue));
        await ActivityStartedAsync(handle);
        await Client.GetAsyncActivityHandle(handle.Id, handle.ResultRunId!, "deferred").CompleteAsync("by id");
        (await handle.GetResultAsync()).ShouldBe("by id");
    });

    [Fact]
    public Task Activity_CompletedByAnotherWithItsToken_TakesItsResult()
    {
        var acts = new Acts();
        return WithWorkerAsync(
            options => options.AddWorkflow<OneActivityWorkflow>().AddAllActivities(acts),
            async queue =>
            {
                var handle = await Client.StartWorkflowAsync((OneActivityWorkflow wf) => wf.RunAsync("Defer", new() { StartToCloseTimeout = Minute }), Options(queue));
                var deferred = Client.GetAsyncActivityHandle(await acts.Deferred.WaitAsync(Minute));
                await deferred.HeartbeatAsync(new() { Details = ["half"] });
                await deferred.CompleteAsync("by token");
                (await handle.GetResultAsync()).ShouldBe("by token");
                (await Should.ThrowAsync<RpcException>(() => deferred.CompleteAsync("again"))).Code.ShouldBe(RpcException.StatusCode.NotFound);
            });
    }

    [Fact]
    public Task Activities_ManyAtOnce_AllComplete() => WithWorkerAsync(
        options => options.AddWorkflow<ManyActivitiesWorkflow>().AddAllActivities(new Acts()),
        async queue =>
        {
            OrderOfEventsVaries();
            (await Client.ExecuteWorkflowAsync((ManyActivitiesWorkflow wf) => wf.RunAsync(30), Options(queue))).ShouldBe(435);
        });

    private static TimeSpan Minute => TimeSpan.FromMinutes(1);

    private static Common.RetryPolicy Quick => new() { InitialInterval = TimeSpan.FromMilliseconds(10) };

    private static Common.RetryPolicy Once => new() { MaximumAttempts = 1 };

    private static void Configure(TemporalWorkerOptions options) => options
        .AddWorkflow<OneActivityWorkflow>()
        .AddAllActivities(new Acts());

    private Task RunAsync(string activity, ActivitySettings settings, string expected, [CallerMemberName] string name = "") => WithWorkerAsync(
        Configure,
        async queue => (await Client.ExecuteWorkflowAsync(
            (OneActivityWorkflow wf) => wf.RunAsync(activity, settings), Options(queue))).ShouldBe(expected),
        name);

    /// <summary>The options of one activity call, as a workflow argument.</summary>
    public record ActivitySettings
    {
        public TimeSpan? ScheduleToCloseTimeout { get; init; }

        public TimeSpan? ScheduleToStartTimeout { get; init; }

        public TimeSpan? StartToCloseTimeout { get; init; }

        public TimeSpan? HeartbeatTimeout { get; init; }

        public Common.RetryPolicy? RetryPolicy { get; init; }

        public string? TaskQueue { get; init; }

        public string? ActivityId { get; init; }

        public string? Summary { get; init; }
    }

    [Workflow]
    public class OneActivityWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string activity, ActivitySettings settings)
        {
            try
            {
                return await Workflow.ExecuteActivityAsync<string>(activity, [], new()
                {
                    ScheduleToCloseTimeout = settings.ScheduleToCloseTimeout,
                    ScheduleToStartTimeout = settings.ScheduleToStartTimeout,
                    StartToCloseTimeout = settings.StartToCloseTimeout,
                    HeartbeatTimeout = settings.HeartbeatTimeout,
                    RetryPolicy = settings.RetryPolicy,
                    TaskQueue = settings.TaskQueue,
                    ActivityId = settings.ActivityId,
                    Summary = settings.Summary,
                });
            }
            catch (ActivityFailureException e) when (e.InnerException is ApplicationFailureException inner)
            {
                return $"{inner.ErrorType} {e.RetryState}";
            }
            catch (ActivityFailureException e) when (e.InnerException is TimeoutFailureException inner)
            {
                return $"timeout {inner.TimeoutType}";
            }
        }
    }

    [Workflow]
    public class ManyActivitiesWorkflow
    {
        [WorkflowRun]
        public async Task<int> RunAsync(int count) => (await Workflow.WhenAllAsync(Enumerable.Range(0, count).Select(i =>
            Workflow.ExecuteActivityAsync((Acts acts) => acts.Number(i), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) })))).Sum();
    }

    /// <summary>The activities of this area.</summary>
    public class Acts
    {
        private readonly TaskCompletionSource<byte[]> deferred = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private static int Attempt => ActivityExecutionContext.Current.Info.Attempt;

        [Activity]
        public string Echo() => "hello";

        [Activity]
        public int Number(int number) => number;

        [Activity]
        public string FailTwice() => Attempt < 3 ? throw new InvalidOperationException("not yet") : $"attempt {Attempt}";

        [Activity]
        public string Refuse() => throw new ApplicationFailureException("no", "Refused", nonRetryable: true);

        [Activity]
        public string Fail() => throw new ApplicationFailureException("no", "Broken");

        [Activity]
        public string FailWithDelay() => Attempt < 2
            ? throw new ApplicationFailureException("later", nextRetryDelay: TimeSpan.FromMilliseconds(10))
            : $"attempt {Attempt}";

        [Activity]
        public async Task<string> HangAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(5), ActivityExecutionContext.Current.CancellationToken);
            return "too late";
        }

        /// <summary>Hears of no timeout, so that it never reports a failure that would be tried again.</summary>
        [Activity]
        public async Task<string> IgnoreAsync()
        {
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.WorkerShutdownToken);
            return "never";
        }

        [Activity]
        public async Task<string> ResumeAsync()
        {
            var context = ActivityExecutionContext.Current;
            if (context.Info.HeartbeatDetails.Count > 0)
            {
                return $"from {await context.Info.HeartbeatDetailAtAsync<int>(0)}";
            }
            context.Heartbeat(42);
            await Task.Delay(TimeSpan.FromSeconds(5), context.CancellationToken);
            return "too late";
        }

        /// <summary>Gets the token of the activity that another is to complete, once it has begun.</summary>
        public Task<byte[]> Deferred => deferred.Task;

        [Activity]
        public string Defer()
        {
            deferred.TrySetResult(ActivityExecutionContext.Current.Info.TaskToken);
            throw new CompleteAsyncException();
        }
    }
}
