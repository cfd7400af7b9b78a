using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

public class ClosingTests
{
    [Fact]
    public void ContinueAsNew_BeginsTheNextRunInTheSameTransaction()
    {
        var scenario = Scenario.Started(r => r.WorkflowExecutionTimeout = Commands.Seconds(3600));
        scenario.Work(Commands.ContinueAsNew());

        scenario.Last.Status.ShouldBe(WorkflowExecutionStatus.ContinuedAsNew);
        scenario.Last.Write!.Current.ShouldBeNull();
        var next = Scenario.Of(scenario.Last.NewRuns.Single(), scenario);
        next.Last.Write!.Current!.ExpectedRunId.ShouldBe(scenario.State.Run.RunId);
        next.State.Started.ContinuedExecutionRunId.ShouldBe(scenario.State.Run.RunId);
        next.State.Started.FirstExecutionRunId.ShouldBe(scenario.State.Run.RunId);
        next.State.Started.Input.ShouldBe(PayloadFacts.Text("next"));
        next.State.Started.WorkflowExecutionExpirationTime.ShouldBe(scenario.State.Started.WorkflowExecutionExpirationTime);
        next.State.Started.PrevAutoResetPoints.Points.Single().RunId.ShouldBe(scenario.State.Run.RunId);
        next.Pass(TimeSpan.FromSeconds(1));
        next.Work(Commands.Complete());
    }

    [Theory]
    [InlineData(0, null, 1_000.0)]
    [InlineData(0, 100, 1_000.0)]
    [InlineData(600, null, 400.0)]
    [InlineData(1_000, null, null)]
    [InlineData(1_000, 0, 0.0)]
    [InlineData(600, 700, 700.0)]
    public void ContinueAsNew_WithinASecond_HoldsTheNextRunBack(int lived, int? wanted, double? held)
    {
        var scenario = Scenario.Started();
        scenario.Now += TimeSpan.FromMilliseconds(lived);
        var command = Commands.ContinueAsNew();
        command.ContinueAsNewWorkflowExecutionCommandAttributes.BackoffStartInterval = wanted is { } given ? Durations.Of(TimeSpan.FromMilliseconds(given)) : null;
        scenario.Work(command);

        var next = Scenario.Of(scenario.Last.NewRuns.Single(), scenario);
        var backoff = next.State.Started.FirstWorkflowTaskBackoff?.ToTimeSpan().TotalMilliseconds;
        backoff.ShouldBe(held);
    }

    [Fact]
    public void Fail_WithRetryPolicy_BeginsTheNextAttemptLater()
    {
        var scenario = Scenario.Started(r => r.RetryPolicy = new RetryPolicy { MaximumAttempts = 2 });
        scenario.Work(Commands.Fail());

        var failed = scenario.Event(EventType.WorkflowExecutionFailed).WorkflowExecutionFailedEventAttributes;
        failed.RetryState.ShouldBe(RetryState.InProgress);
        var next = Scenario.Of(scenario.Last.NewRuns.Single(), scenario);
        (next.State.Run.RunId, next.State.Started.Attempt, next.State.Started.Initiator).ShouldBe((failed.NewExecutionRunId, 2, ContinueAsNewInitiator.Retry));
        next.TryPoll().ShouldBeNull();
        next.Pass(TimeSpan.FromSeconds(1));
        next.Work(Commands.Fail());
        next.Event(EventType.WorkflowExecutionFailed).WorkflowExecutionFailedEventAttributes.RetryState.ShouldBe(RetryState.MaximumAttemptsReached);
        next.Last.NewRuns.ShouldBeEmpty();
    }

    [Fact]
    public void Complete_WithCron_BeginsTheNextRunAtItsTime()
    {
        var scenario = Scenario.Started(r => r.CronSchedule = "30 4 * * *");
        scenario.State.FirstTaskDue.ShouldBe(scenario.Now.AddMinutes(30));
        scenario.Pass(TimeSpan.FromMinutes(30));
        scenario.Work(Commands.Complete("first"));

        var next = Scenario.Of(scenario.Last.NewRuns.Single(), scenario);
        next.State.Started.Initiator.ShouldBe(ContinueAsNewInitiator.CronSchedule);
        next.State.Started.LastCompletionResult.ShouldBe(PayloadFacts.Text("first"));
        next.State.FirstTaskDue.ShouldBe(scenario.Now.AddDays(1));
    }

    [Fact]
    public void Fire_RunTimeout_ClosesTheRun()
    {
        var scenario = Scenario.Started(r => r.WorkflowRunTimeout = Commands.Seconds(60));
        scenario.Poll();
        scenario.Pass(TimeSpan.FromSeconds(60));

        scenario.Types.Skip(3).ShouldBe(["WorkflowTaskFailed", "WorkflowExecutionTimedOut"]);
        scenario.Last.Write!.Current!.Now.Status.ShouldBe(WorkflowExecutionStatus.TimedOut);
    }

    [Fact]
    public void HistoryLimit_Exceeded_TerminatesTheRun()
    {
        var scenario = Scenario.Started(limits: Limits.Default with { HistoryCount = 10 });
        scenario.Work(Enumerable.Range(0, 8).Select(i => Commands.Timer($"t{i}")).ToArray());

        scenario.Event(EventType.WorkflowExecutionTerminated).WorkflowExecutionTerminatedEventAttributes.Reason.ShouldBe("Workflow history count exceeds limit.");
    }

    [Fact]
    public void Complete_ResultTooLarge_FailsTheTaskAndTerminatesTheRun()
    {
        var scenario = Scenario.Started(limits: Limits.Default with { BlobSizeBytes = 100 });
        var result = scenario.Work(Commands.Complete(new string('x', 200)));

        result.Refusal!.Message.ShouldBe("BadScheduleActivityAttributes: CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.");
        scenario.Types.Skip(3).ShouldBe(["WorkflowTaskFailed", "WorkflowExecutionTerminated"]);
        scenario.State.Status.ShouldBe(WorkflowExecutionStatus.Terminated);
    }

    [Fact]
    public void Child_Lifecycle_TellsTheParentEverything()
    {
        var parent = Scenario.Started();
        parent.Work(Commands.Child());
        var effect = parent.Last.Effects.OfType<StartChildEffect>().Single();
        var child = Scenario.Begun(Transition.Start(new StartFacts(parent.Ids.NewUuid(), effect.Start) { Parent = effect.Parent }, parent.Context), parent);
        parent.Do(t => t.ChildStarted(effect.Id, child.State.Run.RunId));
        parent.Do(t => t.ChildStarted(effect.Id, child.State.Run.RunId));
        child.Work(Commands.Complete("of the child"));

        var notice = child.Last.Effects.OfType<NotifyParentEffect>().Single();
        notice.Parent.ShouldBe(parent.State.Run);
        child.State.IsLive.ShouldBeTrue();
        var execution = new WorkflowExecution { WorkflowId = child.State.Run.WorkflowId, RunId = child.State.Run.RunId };
        parent.Do(t => t.ChildClosed(notice.InitiatedEventId, execution, notice.CloseEvent)).ShouldBeTrue();
        parent.Do(t => t.ChildClosed(notice.InitiatedEventId, execution, notice.CloseEvent)).ShouldBeFalse();
        child.Do(t => t.EffectDelivered(notice.Id));
        child.State.IsLive.ShouldBeFalse();
        parent.Types.Skip(4).ShouldBe(["StartChildWorkflowExecutionInitiated", "ChildWorkflowExecutionStarted", "WorkflowTaskScheduled", "ChildWorkflowExecutionCompleted"]);
        parent.Event(EventType.ChildWorkflowExecutionCompleted).ChildWorkflowExecutionCompletedEventAttributes.StartedEventId.ShouldBe(6);
    }

    [Theory]
    [InlineData(ParentClosePolicy.Terminate)]
    [InlineData(ParentClosePolicy.RequestCancel)]
    [InlineData(ParentClosePolicy.Abandon)]
    public void Close_WithAChild_AppliesThePolicy(ParentClosePolicy policy)
    {
        var parent = Scenario.Started();
        parent.Work(Commands.Child(policy: policy));
        parent.Do(t => t.ChildStarted("start-child:5", "22222222-2222-2222-2222-222222222222"));
        parent.Work(Commands.Complete());

        var effects = parent.Last.Effects.OfType<CloseChildEffect>().ToList();
        effects.Count.ShouldBe(policy == ParentClosePolicy.Abandon ? 0 : 1);
        foreach (var effect in effects)
        {
            effect.Policy.ShouldBe(policy);
            parent.State.IsLive.ShouldBeTrue();
            parent.Do(t => t.EffectDelivered(effect.Id));
        }

        parent.State.IsLive.ShouldBeFalse();
    }

    [Fact]
    public void Close_WithAnAbandonedChildNotYetStarted_StillStartsIt()
    {
        var parent = Scenario.Started();
        parent.Work(Commands.Child(policy: ParentClosePolicy.Abandon), Commands.Child("other"), Commands.Complete());

        parent.State.UndeliveredEffects("default").OfType<StartChildEffect>().Single().Start.WorkflowId.ShouldBe("child");
        parent.Do(t => t.ChildStarted("start-child:5", "22222222-2222-2222-2222-222222222222"));
        parent.State.IsLive.ShouldBeFalse();
    }

    [Fact]
    public void External_SignalAndCancel_AreAnsweredOnce()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Signal(), Commands.CancelOther());
        var signal = scenario.Last.Effects.OfType<SignalExternalEffect>().Single();
        var cancel = scenario.Last.Effects.OfType<CancelExternalEffect>().Single();
        signal.Signal.ExternalExecution!.RunId.ShouldBe(scenario.State.Run.RunId);
        scenario.Do(t => t.ExternalSignalEnded(signal.Id, SignalExternalWorkflowExecutionFailedCause.Unspecified));
        scenario.Do(t => t.ExternalSignalEnded(signal.Id, SignalExternalWorkflowExecutionFailedCause.Unspecified));
        scenario.Do(t => t.ExternalCancelEnded(cancel.Id, CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound));

        scenario.Types.Skip(6).ShouldBe(["ExternalWorkflowExecutionSignaled", "WorkflowTaskScheduled", "RequestCancelExternalWorkflowExecutionFailed"]);
        scenario.State.HasTasks.ShouldBeTrue();
        scenario.State.UndeliveredEffects("default").ShouldBeEmpty();
    }

    [Fact]
    public void Reset_ToTheFirstTask_TakesOverSignalsAndUpdates()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        scenario.Do(t => t.Signal(new SignalFacts("kept", null, "client", "r", null, [])));
        scenario.Do(t => t.AdmitUpdate(UpdateTests.Update("u")));
        scenario.Answer(scenario.Poll(), UpdateTests.Answered(UpdateTests.Accepted("u", 7)));
        var request = new Temporalio.Api.WorkflowService.V1.ResetWorkflowExecutionRequest { WorkflowTaskFinishEventId = 4, Reason = "because", RequestId = "reset-1" };
        var facts = new ResetFacts(scenario.Ids.NewUuid(), request, scenario.State, scenario.Events, [], scenario.State.Run.RunId);
        var reset = Scenario.Begun(Transition.Reset(facts, scenario.Context), scenario);

        reset.Types.ShouldBe([
            "WorkflowExecutionStarted", "WorkflowTaskScheduled", "WorkflowTaskStarted", "WorkflowTaskFailed", "WorkflowExecutionSignaled",
            "WorkflowExecutionUpdateAdmitted", "WorkflowTaskScheduled"]);
        var failed = reset.Event(EventType.WorkflowTaskFailed).WorkflowTaskFailedEventAttributes;
        (failed.Cause, failed.BaseRunId, failed.NewRunId, failed.Failure.Message).ShouldBe((WorkflowTaskFailedCause.ResetWorkflow, scenario.State.Run.RunId, reset.State.Run.RunId, "because"));
        reset.Last.Write!.Current!.ExpectedRunId.ShouldBe(scenario.State.Run.RunId);
        reset.Answer(reset.Poll(), UpdateTests.Answered(UpdateTests.Accepted("u", 7), UpdateTests.Completed("u", "done")));
        reset.Event(EventType.WorkflowExecutionUpdateAccepted).WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest.ShouldBeNull();

        scenario.Do(t => t.NoteReset(reset.State.Run.RunId));
        scenario.State.Describe(scenario.Now).WorkflowExtendedInfo.ResetRunId.ShouldBe(reset.State.Run.RunId);
    }

    [Fact]
    public void Reset_ToAnActivityScheduledBefore_OffersItAnew()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        var activity = scenario.PollActivity();
        scenario.Do(t => t.CompleteActivity(activity.Activity, null, "w"));
        scenario.Work(Commands.Complete());
        var request = new Temporalio.Api.WorkflowService.V1.ResetWorkflowExecutionRequest { WorkflowTaskFinishEventId = 10, Reason = "again" };
        var reset = Scenario.Begun(Transition.Reset(new ResetFacts(scenario.Ids.NewUuid(), request, scenario.State, scenario.Events, [], scenario.State.Run.RunId), scenario.Context), scenario);
        reset.TryPollActivity().ShouldBeNull();

        Should.Throw<RpcRefusal>(() => Transition.Reset(new ResetFacts(scenario.Ids.NewUuid(), new() { WorkflowTaskFinishEventId = 6 }, scenario.State, scenario.Events, [], ""), scenario.Context));
        Should.Throw<RpcRefusal>(() => Transition.Reset(new ResetFacts(scenario.Ids.NewUuid(), new() { WorkflowTaskFinishEventId = 99 }, scenario.State, scenario.Events, [], ""), scenario.Context))
            .Message.ShouldBe("Workflow task finish ID must be > 1 && <= workflow last event ID.");
    }
}
