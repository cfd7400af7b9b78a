using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Reset as an operator and the next worker see it: what is kept, what comes again, what is refused.</summary>
public abstract class ResetTaskBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    private const long FirstTaskCompleted = 4;

    [Fact]
    public Task Reset_OfARunningWorkflow_EndsItAndKeepsItsSignals() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await SignalAsync("kept");
        await AnswerAsync(Commands.StartTimer("later", 3600));
        var answer = await ResetAsync(FirstTaskCompleted);
        var task = await PollAsync();
        task.WorkflowExecution.RunId.ShouldBe(answer.RunId);
        Observe("next task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Reset_OfAClosedWorkflow_RunsItAgain() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await SignalAsync("go on");
        await AnswerAsync(Commands.Complete("first"));
        await ResetAsync(FirstTaskCompleted);
        await AnswerAsync(Commands.Complete("second"));
        Observe("description", await DescribeAsync());
    });

    [Fact]
    public Task Reset_ThatLeavesSignalsOut_ForgetsThem() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await SignalAsync("forgotten");
        await AnswerAsync(Commands.StartTimer("later", 3600));
        await ResetAsync(FirstTaskCompleted, r => r.ResetReapplyExcludeTypes.Add(ResetReapplyExcludeType.Signal));
        var task = await PollAsync();
        task.History.Events.ShouldNotContain(e => e.EventType == EventType.WorkflowExecutionSignaled);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Reset_WithAnActivityUnderWay_FailsItInTheNewRun() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync(Commands.ScheduleActivity(Queue, "1"));
        var old = await PollActivityAsync();
        await SignalAsync("go on");
        await AnswerAsync(Commands.StartTimer("later", 3600));
        var completed = (await HistoryAsync()).Last(e => e.EventType == EventType.WorkflowTaskCompleted);
        await ResetAsync(completed.EventId);
        (await RefusedAsync("the old activity", () => CompleteActivityAsync(old, 1))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        var task = await PollAsync();
        Observe("next task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Reset_WithATimerUnderWay_KeepsItInTheNewRun() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync(Commands.StartTimer("kept", 1));
        await SignalAsync("go on");
        await AnswerAsync(Commands.StartTimer("later", 3600));
        var completed = (await HistoryAsync()).Last(e => e.EventType == EventType.WorkflowTaskCompleted);
        await ResetAsync(completed.EventId);
        await AnswerAsync();
        var fired = await PollAsync();
        fired.History.Events.ShouldContain(e => e.EventType == EventType.TimerFired);
        await CompleteAsync(fired, Commands.Complete());
    });

    [Fact]
    public Task Reset_ToAnEventThatIsNoTasksEnd_IsRefused() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await RefusedAsync("the first event", () => ResetAsync(1));
        await RefusedAsync("an event to come", () => ResetAsync(99));
        await TerminateAsync();
    });

    private async Task BeginAsync()
    {
        await StartAsync();
        await AnswerAsync(Commands.Marker("kept"));
    }

    private async Task<ResetWorkflowExecutionResponse> ResetAsync(long eventId, Action<ResetWorkflowExecutionRequest>? change = null)
    {
        var request = new ResetWorkflowExecutionRequest
        {
            Namespace = Namespace, WorkflowExecution = Execution, WorkflowTaskFinishEventId = eventId, Reason = "again", RequestId = Guid.NewGuid().ToString(),
        };
        change?.Invoke(request);
        var answer = await Service.ResetWorkflowExecutionAsync(request);
        Track(WorkflowId, answer.RunId);
        return answer;
    }
}
