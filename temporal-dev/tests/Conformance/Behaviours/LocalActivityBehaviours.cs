using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Local activities.</summary>
public abstract class LocalActivityBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task LocalActivity_ThatReturns_LeavesOnlyAMarker() => WithWorkerAsync(Configure, async queue =>
    {
        var handle = await Client.StartWorkflowAsync((LocalWorkflow wf) => wf.RunAsync("Echo"), Options(queue));
        (await handle.GetResultAsync()).ShouldBe("hello");
        var types = await EventTypesAsync(handle);
        types.ShouldContain(EventType.MarkerRecorded);
        types.ShouldNotContain(EventType.ActivityTaskScheduled);
    });

    [Fact]
    public Task LocalActivity_ThatFailsTwice_IsRetriedWithoutTheServer() => WithWorkerAsync(
        Configure,
        async queue => (await Client.ExecuteWorkflowAsync((LocalWorkflow wf) => wf.RunAsync("FailTwice"), Options(queue))).ShouldBe("attempt 3"));

    [Fact]
    public Task LocalActivity_ThatFailsForGood_FailsTheCall() => WithWorkerAsync(
        Configure,
        async queue => (await Client.ExecuteWorkflowAsync((LocalWorkflow wf) => wf.RunAsync("Refuse"), Options(queue))).ShouldBe("Refused"));

    [Fact]
    public Task LocalActivity_WithALongBackoff_WaitsOnATimer() => WithWorkerAsync(Configure, async queue =>
    {
        var handle = await Client.StartWorkflowAsync((LongBackoffWorkflow wf) => wf.RunAsync(), Options(queue));
        (await handle.GetResultAsync()).ShouldBe("attempt 2");
        (await EventTypesAsync(handle)).ShouldContain(EventType.TimerFired);
    });

    [Fact]
    public Task LocalActivity_LongerThanAWorkflowTask_KeepsTheTaskAlive() => WithWorkerAsync(Configure, async queue =>
    {
        OrderOfEventsVaries();
        var options = Options(queue);
        options.TaskTimeout = TimeSpan.FromSeconds(1);
        var handle = await Client.StartWorkflowAsync((LocalWorkflow wf) => wf.RunAsync("Slow"), options);
        (await handle.GetResultAsync()).ShouldBe("slow");
        // Tasks were completed with nothing but the wish for another, until the marker came.
        (await EventTypesAsync(handle)).TakeWhile(t => t != EventType.MarkerRecorded).Count(t => t == EventType.WorkflowTaskCompleted).ShouldBeGreaterThan(1);
    });

    [Fact]
    public Task LocalActivity_LongerThanStartToClose_TimesOut() => WithWorkerAsync(
        Configure,
        async queue => (await Client.ExecuteWorkflowAsync((LocalWorkflow wf) => wf.RunAsync("Hang"), Options(queue))).ShouldBe("timeout StartToClose"));

    private static void Configure(TemporalWorkerOptions options) => options
        .AddWorkflow<LocalWorkflow>()
        .AddWorkflow<LongBackoffWorkflow>()
        .AddAllActivities(new Acts());

    [Workflow]
    public class LocalWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string activity)
        {
            try
            {
                return await Workflow.ExecuteLocalActivityAsync<string>(activity, [], new()
                {
                    StartToCloseTimeout = TimeSpan.FromSeconds(3),
                    RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(10), MaximumAttempts = activity == "Hang" ? 1 : 5 },
                });
            }
            catch (ApplicationFailureException e)
            {
                // The SDK does not wrap the failure of a local activity that failed for good.
                return e.ErrorType!;
            }
            catch (ActivityFailureException e) when (e.InnerException is TimeoutFailureException inner)
            {
                return $"timeout {inner.TimeoutType}";
            }
        }
    }

    [Workflow]
    public class LongBackoffWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync() => Workflow.ExecuteLocalActivityAsync((Acts acts) => acts.FailOnce(), new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(10),
            LocalRetryThreshold = TimeSpan.FromMilliseconds(100),
            RetryPolicy = new() { InitialInterval = TimeSpan.FromSeconds(1) },
        });
    }

    /// <summary>The activities of this area.</summary>
    public class Acts
    {
        private static int Attempt => ActivityExecutionContext.Current.Info.Attempt;

        [Activity]
        public string Echo() => "hello";

        [Activity]
        public string FailOnce() => Attempt < 2 ? throw new InvalidOperationException("not yet") : $"attempt {Attempt}";

        [Activity]
        public string FailTwice() => Attempt < 3 ? throw new InvalidOperationException("not yet") : $"attempt {Attempt}";

        [Activity]
        public string Refuse() => throw new ApplicationFailureException("no", "Refused", nonRetryable: true);

        [Activity]
        public async Task<string> SlowAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            return "slow";
        }

        [Activity]
        public async Task<string> HangAsync()
        {
            await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);
            return "never";
        }
    }
}
