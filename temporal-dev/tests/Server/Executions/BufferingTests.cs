using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

public class BufferingTests
{
    private static readonly SignalFacts Signal = new("s", null, "client", "", null, []);

    [Fact]
    public void Signal_WhileTaskIsWithAWorker_FollowsTheCommands()
    {
        var scenario = Scenario.Started();
        var task = scenario.Poll();
        scenario.Do(t => t.Signal(Signal));
        scenario.Events.Count.ShouldBe(3);

        scenario.Answer(task, Commands.Timer());
        scenario.Types.Skip(3).ShouldBe(["WorkflowTaskCompleted", "TimerStarted", "WorkflowExecutionSignaled", "WorkflowTaskScheduled"]);
    }

    [Fact]
    public void ActivityAndSignal_WhileTaskIsWithAWorker_TheActivityComesLastWithItsStartedEvent()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        var activity = scenario.PollActivity();
        scenario.Do(t => t.Signal(Signal));
        var task = scenario.Poll();
        scenario.Do(t => t.CompleteActivity(activity.Activity, PayloadFacts.Text("r"), "activity-worker"));
        scenario.Do(t => t.Signal(Signal));
        scenario.Answer(task);

        scenario.Types.Skip(9).ShouldBe(["ActivityTaskStarted", "WorkflowExecutionSignaled", "ActivityTaskCompleted", "WorkflowTaskScheduled"]);
        scenario.Event(EventType.ActivityTaskCompleted).ActivityTaskCompletedEventAttributes.StartedEventId.ShouldBe(10);
    }

    [Fact]
    public void Complete_WithBufferedEvents_FailsTheTaskAndTheNextOneCloses()
    {
        var scenario = Scenario.Started();
        var task = scenario.Poll();
        scenario.Do(t => t.Signal(Signal));
        scenario.Answer(task, Commands.Complete()).Refusal!.Message.ShouldBe("UnhandledCommand");

        scenario.Types.Skip(3).ShouldBe(["WorkflowTaskFailed", "WorkflowExecutionSignaled", "WorkflowTaskScheduled"]);
        scenario.Events[3].WorkflowTaskFailedEventAttributes.Cause.ShouldBe(WorkflowTaskFailedCause.UnhandledCommand);
        var second = scenario.Poll();
        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.Signal(Signal))).Message.ShouldBe("workflow operation can not be applied because workflow is closing");
        scenario.Answer(second, Commands.Complete()).Refusal.ShouldBeNull();
        scenario.State.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void CancelTimer_ThatHasFiredMeanwhile_TakesTheFiringBack()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Timer());
        scenario.Do(t => t.Signal(Signal));
        var task = scenario.Poll();
        scenario.Now += TimeSpan.FromSeconds(1);
        scenario.Do(t => t.Fire());
        scenario.Now += TimeSpan.FromSeconds(8);
        scenario.State.Buffered.ShouldBeEmpty();
        scenario.Now += TimeSpan.FromSeconds(0.9);
        scenario.Answer(task);
        scenario.Do(t => t.Signal(Signal));
        var second = scenario.Poll();
        scenario.Pass(TimeSpan.FromSeconds(2));
        scenario.State.Buffered.Count.ShouldBe(1);

        scenario.Answer(second, Commands.CancelTimer(), Commands.Complete()).Refusal.ShouldBeNull();
        scenario.Types.ShouldNotContain("TimerFired");
        scenario.Event(EventType.TimerCanceled).TimerCanceledEventAttributes.StartedEventId.ShouldBe(5);
        scenario.State.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Signal_HundredAndFirstWhileBuffering_GivesTheTaskUp()
    {
        var scenario = Scenario.Started();
        scenario.Poll();
        for (var i = 0; i <= 100; i++)
            scenario.Do(t => t.Signal(Signal));

        scenario.Event(EventType.WorkflowTaskFailed).WorkflowTaskFailedEventAttributes.Cause.ShouldBe(WorkflowTaskFailedCause.ForceCloseCommand);
        scenario.State.Buffered.ShouldBeEmpty();
        scenario.State.SignalCount.ShouldBe(101);
    }

    [Fact]
    public void Terminate_WithStartedTaskAndBufferedEvents_WritesAllOfThem()
    {
        var scenario = Scenario.Started();
        scenario.Poll();
        scenario.Do(t => t.Signal(Signal));
        scenario.Do(t => t.Terminate("enough", null, "operator", []));

        scenario.Types.Skip(3).ShouldBe(["WorkflowTaskFailed", "WorkflowExecutionSignaled", "WorkflowExecutionTerminated"]);
        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.Terminate("again", null, "operator", []))).Message.ShouldBe("workflow execution already completed");
    }

    [Fact]
    public void Signal_SameRequestTwice_IsRecordedOnce()
    {
        var scenario = Scenario.Started();
        var signal = Signal with { RequestId = "r1" };
        scenario.Do(t => t.Signal(signal)).ShouldBeTrue();
        scenario.Do(t => t.Signal(signal)).ShouldBeFalse();
        scenario.Last.Write.ShouldBeNull();
        scenario.State.SignalCount.ShouldBe(1);
    }

    [Fact]
    public void Child_ClosesWhileTaskIsWithAWorker_IsWiredToItsStart()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Child());
        var effect = scenario.Last.Effects.OfType<StartChildEffect>().Single();
        scenario.Do(t => t.Signal(Signal));
        var task = scenario.Poll();
        scenario.Do(t => t.ChildStarted(effect.Id, "22222222-2222-2222-2222-222222222222"));
        var closed = new Temporalio.Api.History.V1.HistoryEvent { EventType = EventType.WorkflowExecutionCompleted, WorkflowExecutionCompletedEventAttributes = new() };
        scenario.Do(t => t.ChildClosed(5, new WorkflowExecution { WorkflowId = "child", RunId = "22222222-2222-2222-2222-222222222222" }, closed)).ShouldBeTrue();
        scenario.Answer(task);

        var started = scenario.Event(EventType.ChildWorkflowExecutionStarted).EventId;
        scenario.Event(EventType.ChildWorkflowExecutionCompleted).ChildWorkflowExecutionCompletedEventAttributes.StartedEventId.ShouldBe(started);
        scenario.State.Children.ShouldBeEmpty();
    }
}
