using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

public class WorkflowTaskTests
{
    private static readonly SignalFacts Signal = new("s", null, "client", "", null, []);

    [Fact]
    public void Work_CompletesTheRun_WritesTheFiveEvents()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Complete());

        scenario.Types.ShouldBe(["WorkflowExecutionStarted", "WorkflowTaskScheduled", "WorkflowTaskStarted", "WorkflowTaskCompleted", "WorkflowExecutionCompleted"]);
        scenario.Last.Closed.ShouldBeTrue();
        scenario.Last.Write!.Current!.Now.Status.ShouldBe(WorkflowExecutionStatus.Completed);
        scenario.Last.Write.RetainUntil.ShouldBe(scenario.Now + Scenario.Namespace.Retention);
        scenario.State.IsLive.ShouldBeFalse();
    }

    [Fact]
    public void StartWorkflowTask_StaleOffer_YieldsNothing()
    {
        var scenario = Scenario.Started();
        var offer = (WorkflowTaskToOffer)scenario.Last.Tasks.Single();
        scenario.Poll();

        scenario.Do(t => t.StartWorkflowTask(offer, new PollerFacts("second", Scenario.Queue, IsSticky: false))).ShouldBeNull();
        scenario.Last.Write.ShouldBeNull();
    }

    [Fact]
    public void CompleteWorkflowTask_WrongTask_IsNotFound()
    {
        var scenario = Scenario.Started();
        var task = scenario.Poll();

        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.CompleteWorkflowTask(task.Task with { StartedEventId = 99 }, Scenario.Request())))
            .Message.ShouldBe("Workflow task not found.");
        scenario.Answer(task, Commands.Complete());
        Should.Throw<RpcRefusal>(() => scenario.Answer(task)).Message.ShouldBe("Workflow task not found.");
    }

    [Fact]
    public void Fire_TaskTimesOut_TheNextAttemptIsTransientAndWrittenOnCompletion()
    {
        var scenario = Scenario.Started();
        scenario.Poll();
        scenario.Pass(TimeSpan.FromSeconds(10));
        scenario.Types.Last().ShouldBe("WorkflowTaskTimedOut");

        var second = scenario.Poll();
        second.Response.Attempt.ShouldBe(2);
        second.Suffix.Select(e => e.EventId).ShouldBe([5L, 6L]);
        second.HistoryTo.ShouldBe(5);
        scenario.Events.Count.ShouldBe(4);

        scenario.Answer(second, Commands.Complete());
        scenario.Types.Skip(4).ShouldBe(["WorkflowTaskScheduled", "WorkflowTaskStarted", "WorkflowTaskCompleted", "WorkflowExecutionCompleted"]);
        scenario.Events[4].WorkflowTaskScheduledEventAttributes.Attempt.ShouldBe(2);
    }

    [Fact]
    public void FailWorkflowTask_AgainAndAgain_LeavesOneEvent()
    {
        var scenario = Scenario.Started();
        var failed = new Temporalio.Api.WorkflowService.V1.RespondWorkflowTaskFailedRequest { Cause = WorkflowTaskFailedCause.NonDeterministicError, Identity = "worker" };
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var task = scenario.Poll();
            task.Response.Attempt.ShouldBe(attempt);
            scenario.Do(t => t.FailWorkflowTask(task.Task, failed));
        }

        scenario.Event(EventType.WorkflowTaskFailed).WorkflowTaskFailedEventAttributes.Cause.ShouldBe(WorkflowTaskFailedCause.NonDeterministicError);
        scenario.Events.Count.ShouldBe(4);
    }

    [Fact]
    public void Fire_FourthAttempt_HasLonger()
    {
        var scenario = Scenario.Started();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            scenario.Poll();
            scenario.Pass(TimeSpan.FromSeconds(10));
        }

        scenario.Poll();
        scenario.Pass(TimeSpan.FromSeconds(14));
        scenario.State.Task!.Attempt.ShouldBe(4);
        scenario.Pass(TimeSpan.FromSeconds(1));
        scenario.State.Task!.Attempt.ShouldBe(5);
    }

    [Fact]
    public void Signal_WhileTransientTaskWaits_MakesItAFirstAttemptAfterTheSignal()
    {
        var scenario = Scenario.Started();
        scenario.Poll();
        scenario.Pass(TimeSpan.FromSeconds(10));
        scenario.Do(t => t.Signal(Signal));

        var task = scenario.Poll();
        task.Response.Attempt.ShouldBe(1);
        task.Suffix.ShouldBeEmpty();
        scenario.Types.Skip(4).ShouldBe(["WorkflowExecutionSignaled", "WorkflowTaskScheduled", "WorkflowTaskStarted"]);
    }

    [Fact]
    public void Sticky_WorkerTakesItsTask_GetsOnlyWhatIsNew()
    {
        var scenario = Scenario.Started();
        scenario.Answer(scenario.Poll(), Scenario.StickyRequest());
        scenario.Do(t => t.Signal(Signal));
        var offer = scenario.State.WaitingTasks().OfType<WorkflowTaskToOffer>().Single();
        (offer.TaskQueue, offer.NormalTaskQueue).ShouldBe((Scenario.Sticky, Scenario.Queue));

        var task = scenario.Poll(sticky: true);
        task.HistoryFrom.ShouldBe(4);
        scenario.Events[5].WorkflowTaskScheduledEventAttributes.TaskQueue.Kind.ShouldBe(TaskQueueKind.Sticky);
    }

    [Fact]
    public void Sticky_NobodyTakesTheTask_TimesOutToTheNormalQueueAsTheSameAttempt()
    {
        var scenario = Scenario.Started();
        scenario.Answer(scenario.Poll(), Scenario.StickyRequest());
        scenario.Do(t => t.Signal(Signal));
        scenario.Pass(TimeSpan.FromSeconds(5));

        scenario.Types.Skip(6).ShouldBe(["WorkflowTaskTimedOut", "WorkflowTaskScheduled"]);
        scenario.Events[6].WorkflowTaskTimedOutEventAttributes.TimeoutType.ShouldBe(TimeoutType.ScheduleToStart);
        var task = scenario.Poll();
        (task.Response.Attempt, task.HistoryFrom).ShouldBe((1, 1L));
    }

    [Fact]
    public void Sticky_TakenFromTheNormalQueue_ShipsEverything()
    {
        var scenario = Scenario.Started();
        scenario.Answer(scenario.Poll(), Scenario.StickyRequest());
        scenario.Do(t => t.Signal(Signal));

        scenario.Poll(sticky: false).HistoryFrom.ShouldBe(1);
        scenario.State.StickyTaskQueue.ShouldBeNull();
    }

    [Fact]
    public void ForceCreateNewWorkflowTask_KeepsTheTaskAlive_UntilThirtyMinutesAreOver()
    {
        var scenario = Scenario.Started();
        var heartbeat = Scenario.Request();
        heartbeat.ForceCreateNewWorkflowTask = true;
        for (var minute = 0; minute <= 30; minute++)
        {
            var task = scenario.Poll();
            scenario.Answer(task, heartbeat).Refusal.ShouldBeNull();
            scenario.Now += TimeSpan.FromMinutes(1);
        }

        scenario.Answer(scenario.Poll(), heartbeat).Refusal!.Message.ShouldBe("workflow task heartbeat timeout");
        scenario.Types.Last().ShouldBe("WorkflowTaskTimedOut");
    }

    [Fact]
    public void Start_WithDelay_MakesItsTaskWhenTheDelayIsOver()
    {
        var scenario = Scenario.Started(r => r.WorkflowStartDelay = Commands.Seconds(60));
        scenario.State.NextDue.ShouldBe(scenario.Now.AddSeconds(60));
        scenario.Do(t => t.Signal(Signal));
        scenario.TryPoll().ShouldBeNull();

        scenario.Pass(TimeSpan.FromSeconds(60));
        scenario.Poll();
        scenario.Types.ShouldBe(["WorkflowExecutionStarted", "WorkflowExecutionSignaled", "WorkflowTaskScheduled", "WorkflowTaskStarted"]);
    }
}
