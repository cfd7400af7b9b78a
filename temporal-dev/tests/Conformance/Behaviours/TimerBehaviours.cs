using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Conformance.Tests.Behaviours;

/// <summary>Timers and conditions with a timeout.</summary>
public abstract class TimerBehaviours(ConformanceServer server) : Behaviour(server)
{
    [Fact]
    public Task Delay_OfAWhile_TakesAtLeastThatLong() => WithWorkerAsync(
        options => options.AddWorkflow<DelayWorkflow>(),
        async queue =>
        {
            var waited = await Client.ExecuteWorkflowAsync((DelayWorkflow wf) => wf.RunAsync(300), Options(queue));
            waited.ShouldBeTrue();
        });

    [Fact]
    public Task Delay_WithASummary_RecordsItOnTheTimer() => WithWorkerAsync(
        options => options.AddWorkflow<DelayWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((DelayWorkflow wf) => wf.RunAsync(1), Options(queue));
            await handle.GetResultAsync();
            var started = (await EventsAsync(handle)).Single(e => e.EventType == EventType.TimerStarted);
            (await DataConverter.Default.ToValueAsync<string>(started.UserMetadata.Summary)).ShouldBe("settlement window");
        });

    [Fact]
    public Task Delay_Cancelled_RecordsTheCancellationAndThrows() => WithWorkerAsync(
        options => options.AddWorkflow<CancelledDelayWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((CancelledDelayWorkflow wf) => wf.RunAsync(), Options(queue));
            (await handle.GetResultAsync()).ShouldBe("cancelled");
            (await EventTypesAsync(handle)).ShouldContain(EventType.TimerCanceled);
        });

    [Fact]
    public Task WaitCondition_ThatNeverHolds_AnswersFalseAfterItsTimeout() => WithWorkerAsync(
        options => options.AddWorkflow<ConditionWorkflow>(),
        async queue => (await Client.ExecuteWorkflowAsync((ConditionWorkflow wf) => wf.RunAsync(200), Options(queue))).ShouldBeFalse());

    [Fact]
    public Task WaitCondition_ThatHoldsInTime_AnswersTrueAndCancelsItsTimer() => WithWorkerAsync(
        options => options.AddWorkflow<ConditionWorkflow>(),
        async queue =>
        {
            var handle = await Client.StartWorkflowAsync((ConditionWorkflow wf) => wf.RunAsync(60_000), Options(queue));
            // A signal that comes before the first task would spare the timer.
            await EventuallyAsync(async () => (await EventTypesAsync(handle)).Contains(EventType.TimerStarted));
            await handle.SignalAsync(wf => wf.HoldAsync());
            (await handle.GetResultAsync()).ShouldBeTrue();
            (await EventTypesAsync(handle)).ShouldContain(EventType.TimerCanceled);
        });

    [Fact]
    public Task Timers_StartedTogether_FireInOrderOfTheirTimes() => WithWorkerAsync(
        options => options.AddWorkflow<ManyTimersWorkflow>(),
        async queue => (await Client.ExecuteWorkflowAsync((ManyTimersWorkflow wf) => wf.RunAsync(), Options(queue))).ShouldBe([100, 400, 700]));

    [Workflow]
    public class DelayWorkflow
    {
        [WorkflowRun]
        public async Task<bool> RunAsync(int milliseconds)
        {
            var start = Workflow.UtcNow;
            await Workflow.DelayWithOptionsAsync(new(milliseconds, "settlement window"));
            return Workflow.UtcNow - start >= TimeSpan.FromMilliseconds(milliseconds);
        }
    }

    [Workflow]
    public class CancelledDelayWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            using var source = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
            var delay = Workflow.DelayAsync(TimeSpan.FromHours(1), source.Token);
            // The timer has to reach history before it can be cancelled there.
            await Workflow.DelayAsync(1);
            source.Cancel();
            try
            {
                await delay;
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        }
    }

    [Workflow]
    public class ConditionWorkflow
    {
        private bool holds;

        [WorkflowRun]
        public Task<bool> RunAsync(int timeoutMilliseconds) => Workflow.WaitConditionAsync(() => holds, timeoutMilliseconds);

        [WorkflowSignal]
        public Task HoldAsync()
        {
            holds = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public class ManyTimersWorkflow
    {
        [WorkflowRun]
        public async Task<IReadOnlyCollection<int>> RunAsync()
        {
            var fired = new List<int>();
            await Workflow.WhenAllAsync(new[] { 700, 100, 400 }.Select(async delay =>
            {
                await Workflow.DelayAsync(delay);
                fired.Add(delay);
            }));
            return fired;
        }
    }
}
