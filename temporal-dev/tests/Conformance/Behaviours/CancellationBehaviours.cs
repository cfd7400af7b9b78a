using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Cancelling and terminating workflows, and what becomes of their activities.</summary>
public abstract class CancellationBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Cancel_OfAWaitingWorkflow_EndsItCancelled() => WithWorkerAsync(
        options => options.AddWorkflow<WaitingWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((WaitingWorkflow wf) => wf.RunAsync(), Options(queue));
            await FirstTaskDoneAsync(handle);
            await handle.CancelAsync();
            var error = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            error.InnerException.ShouldBeOfType<CanceledFailureException>();
            (await handle.DescribeAsync()).Status.ShouldBe(WorkflowExecutionStatus.Canceled);
        });

    [Fact]
    public Task Cancel_WithCompensation_RunsItUnderAnotherToken() => WithWorkerAsync(
        options => options.AddWorkflow<CompensatingWorkflow>().AddAllActivities(new Acts()),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((CompensatingWorkflow wf) => wf.RunAsync(), Options(queue));
            await EventuallyAsync(async () => (await EventTypesAsync(handle)).Contains(EventType.TimerStarted));
            await handle.CancelAsync();
            (await handle.GetResultAsync()).ShouldBe("released");
        });

    [Theory]
    [InlineData(ActivityCancellationType.TryCancel)]
    [InlineData(ActivityCancellationType.WaitCancellationCompleted)]
    [InlineData(ActivityCancellationType.Abandon)]
    public Task Cancel_DuringAnActivity_TreatsItAsItsCancellationTypeSays(ActivityCancellationType type) => WithWorkerAsync(
        options => options.AddWorkflow<ActivityWorkflow>().AddAllActivities(new Acts()),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((ActivityWorkflow wf) => wf.RunAsync(type), Options(queue));
            await ActivityStartedAsync(handle);
            await handle.CancelAsync();
            (await handle.GetResultAsync()).ShouldBe("cancelled");
            var events = await EventTypesAsync(handle);
            events.Contains(EventType.ActivityTaskCancelRequested).ShouldBe(type != ActivityCancellationType.Abandon);
            events.Contains(EventType.ActivityTaskCanceled).ShouldBe(type == ActivityCancellationType.WaitCancellationCompleted);
        },
        CaseName(type));

    [Fact]
    public Task Terminate_OfAWorkflow_EndsItWithTheReason() => WithWorkerAsync(
        options => options.AddWorkflow<WaitingWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((WaitingWorkflow wf) => wf.RunAsync(), Options(queue));
            await FirstTaskDoneAsync(handle);
            await handle.TerminateAsync("by an operator");
            var error = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            error.InnerException.ShouldBeOfType<TerminatedFailureException>();
            (await EventsAsync(handle)).Last().WorkflowExecutionTerminatedEventAttributes.Reason.ShouldBe("by an operator");
        });

    [Workflow]
    public class WaitingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);
    }

    [Workflow]
    public class CompensatingWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            try
            {
                await Workflow.DelayAsync(TimeSpan.FromHours(1));
                return "done";
            }
            catch (OperationCanceledException)
            {
                return await Workflow.ExecuteActivityAsync(
                    (Acts acts) => acts.Release(),
                    new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), CancellationToken = CancellationToken.None });
            }
        }
    }

    [Workflow]
    public class ActivityWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(ActivityCancellationType type)
        {
            try
            {
                return await Workflow.ExecuteActivityAsync((Acts acts) => acts.WaitAsync(), new()
                {
                    StartToCloseTimeout = TimeSpan.FromMinutes(1),
                    HeartbeatTimeout = TimeSpan.FromSeconds(1),
                    CancellationType = type,
                });
            }
            catch (Exception e) when (TemporalException.IsCanceledException(e))
            {
                return "cancelled";
            }
        }
    }

    /// <summary>The activities of this area.</summary>
    public class Acts
    {
        [Activity]
        public string Release() => "released";

        [Activity]
        public async Task<string> WaitAsync()
        {
            var context = ActivityExecutionContext.Current;
            for (var i = 0; i < 200; i++)
            {
                context.Heartbeat();
                await Task.Delay(50, context.CancellationToken);
            }
            return "never cancelled";
        }
    }
}
