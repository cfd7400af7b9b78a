using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

public class ActivityTests
{
    [Fact]
    public void Schedule_LeavesOutTimeouts_FillsInTheServersDefaults()
    {
        var scenario = Scenario.Started(r => r.WorkflowRunTimeout = Commands.Seconds(20));
        scenario.Work(Commands.Activity());

        var scheduled = scenario.Event(EventType.ActivityTaskScheduled).ActivityTaskScheduledEventAttributes;
        scheduled.ScheduleToCloseTimeout.ShouldBe(Commands.Seconds(20));
        scheduled.ScheduleToStartTimeout.ShouldBe(Commands.Seconds(20));
        scheduled.StartToCloseTimeout.ShouldBe(Commands.Seconds(20));
        scheduled.HeartbeatTimeout.ShouldBe(Commands.Seconds(0));
        scheduled.RetryPolicy.ShouldBe(new RetryPolicy { InitialInterval = Commands.Seconds(1), BackoffCoefficient = 2, MaximumInterval = Commands.Seconds(100) });
    }

    [Fact]
    public void Fail_WithRetriesLeft_WaitsAndWritesOnlyTheLastAttempt()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var started = scenario.PollActivity();
            started.Response.Attempt.ShouldBe(attempt);
            scenario.Do(t => t.FailActivity(started.Activity, Commands.Failure(), "w", null));
            scenario.TryPollActivity().ShouldBeNull();
            scenario.Pass(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)));
        }

        var last = scenario.PollActivity();
        scenario.Now += TimeSpan.FromSeconds(1);
        scenario.Do(t => t.CompleteActivity(last.Activity, null, "w"));
        var e = scenario.Event(EventType.ActivityTaskStarted);
        e.EventTime.ToDateTimeOffset().ShouldBe(scenario.Now.AddSeconds(-1));
        e.ActivityTaskStartedEventAttributes.Attempt.ShouldBe(4);
        e.ActivityTaskStartedEventAttributes.LastFailure.Message.ShouldBe("it went wrong");
        scenario.Types.Skip(5).ShouldBe(["ActivityTaskStarted", "ActivityTaskCompleted", "WorkflowTaskScheduled"]);
    }

    [Fact]
    public void UpdateActivityOptions_BetweenAttempts_ForgetsWhatFailed()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        var first = scenario.PollActivity();
        scenario.Do(t => t.FailActivity(first.Activity, Commands.Failure(), "w", null));
        scenario.Do(t => t.UpdateActivityOptions(new UpdateActivityOptionsRequest
        {
            MatchAll = true,
            ActivityOptions = new() { StartToCloseTimeout = Commands.Seconds(5) },
            UpdateMask = new() { Paths = { "start_to_close_timeout" } },
        }));
        scenario.Pass(TimeSpan.FromSeconds(1));
        var second = scenario.PollActivity();
        scenario.Do(t => t.CompleteActivity(second.Activity, null, "w"));

        var started = scenario.Event(EventType.ActivityTaskStarted).ActivityTaskStartedEventAttributes;
        started.Attempt.ShouldBe(2);
        started.LastFailure.ShouldBeNull();
    }

    [Theory]
    [InlineData("Wrong", 0, RetryState.NonRetryableFailure)]
    [InlineData("Other", 1, RetryState.MaximumAttemptsReached)]
    public void Fail_WithoutRetries_TellsTheWorkflowWhy(string type, int attempts, RetryState state)
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity(change: a => a.RetryPolicy = new RetryPolicy { MaximumAttempts = attempts, NonRetryableErrorTypes = { "Wrong" } }));
        scenario.Do(t => t.FailActivity(scenario.PollActivity().Activity, Commands.Failure(type), "w", null));

        scenario.Event(EventType.ActivityTaskFailed).ActivityTaskFailedEventAttributes.RetryState.ShouldBe(state);
        scenario.State.Activities.ShouldBeEmpty();
    }

    [Fact]
    public void Fail_NextRetryDelay_OverridesThePolicy()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        var failure = Commands.Failure();
        failure.ApplicationFailureInfo.NextRetryDelay = Commands.Seconds(7);
        scenario.Do(t => t.FailActivity(scenario.PollActivity().Activity, failure, "w", null));

        scenario.State.NextDue.ShouldBe(scenario.Now.AddSeconds(7));
    }

    [Theory]
    [InlineData(TimeoutType.ScheduleToStart, RetryState.Timeout)]
    [InlineData(TimeoutType.ScheduleToClose, RetryState.Timeout)]
    [InlineData(TimeoutType.StartToClose, RetryState.MaximumAttemptsReached)]
    [InlineData(TimeoutType.Heartbeat, RetryState.MaximumAttemptsReached)]
    public void Fire_TimeoutOfEachKind_IsAnEventOfThatKind(TimeoutType type, RetryState state)
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity(change: a =>
        {
            a.RetryPolicy = new RetryPolicy { MaximumAttempts = 1 };
            a.ScheduleToStartTimeout = type == TimeoutType.ScheduleToStart ? Commands.Seconds(5) : null;
            a.ScheduleToCloseTimeout = type == TimeoutType.ScheduleToClose ? Commands.Seconds(5) : null;
            a.StartToCloseTimeout = Commands.Seconds(type == TimeoutType.StartToClose ? 5 : 60);
            a.HeartbeatTimeout = type == TimeoutType.Heartbeat ? Commands.Seconds(5) : null;
        }));
        if (type != TimeoutType.ScheduleToStart && type != TimeoutType.ScheduleToClose)
            scenario.PollActivity();
        scenario.Pass(TimeSpan.FromSeconds(5));

        var timedOut = scenario.Event(EventType.ActivityTaskTimedOut).ActivityTaskTimedOutEventAttributes;
        timedOut.Failure.TimeoutFailureInfo.TimeoutType.ShouldBe(type);
        timedOut.Failure.Message.ShouldBe(type == TimeoutType.ScheduleToClose
            ? "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying"
            : $"activity {type} timeout");
        timedOut.RetryState.ShouldBe(state);
        timedOut.StartedEventId.ShouldBe(type is TimeoutType.StartToClose or TimeoutType.Heartbeat ? 6 : 0);
    }

    [Fact]
    public void Heartbeat_KeepsTheActivityAliveAndItsDetailsForTheNextAttempt()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity(change: a => a.HeartbeatTimeout = Commands.Seconds(5)));
        var first = scenario.PollActivity();
        scenario.Now += TimeSpan.FromSeconds(4);
        scenario.Do(t => t.Heartbeat(first.Activity, PayloadFacts.Text("half"), "w")).ShouldBe(new HeartbeatFacts(false, false, false));
        scenario.Pass(TimeSpan.FromSeconds(4));
        scenario.State.Activities.Values.Single().IsStarted.ShouldBeTrue();
        scenario.Pass(TimeSpan.FromSeconds(1));
        scenario.Pass(TimeSpan.FromSeconds(1));

        var second = scenario.PollActivity();
        second.Response.Attempt.ShouldBe(2);
        second.Response.HeartbeatDetails.ShouldBe(PayloadFacts.Text("half"));
        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.Heartbeat(first.Activity, null, "w"))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public void Cancel_OfAnActivityThatHasNotStarted_EndsItAtOnce()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        scenario.Do(t => t.Signal(new SignalFacts("s", null, "c", "", null, [])));
        scenario.Work(Commands.CancelActivity(5));

        scenario.Types.Skip(9).ShouldBe(["ActivityTaskCancelRequested", "ActivityTaskCanceled", "WorkflowTaskScheduled"]);
        scenario.Event(EventType.ActivityTaskCanceled).ActivityTaskCanceledEventAttributes.LatestCancelRequestedEventId.ShouldBe(10);
    }

    [Fact]
    public void Cancel_OfAStartedActivity_IsToldAtTheHeartbeatAndRecordedWhenItAgrees()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        var activity = scenario.PollActivity();
        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.CancelActivity(activity.Activity, null, "w")));
        scenario.Do(t => t.Signal(new SignalFacts("s", null, "c", "", null, [])));
        scenario.Work(Commands.CancelActivity(5));

        scenario.Do(t => t.Heartbeat(activity.Activity, null, "w")).CancelRequested.ShouldBeTrue();
        scenario.Do(t => t.CancelActivity(activity.Activity, PayloadFacts.Text("bye"), "w"));
        scenario.Types.Skip(10).ShouldBe(["ActivityTaskStarted", "ActivityTaskCanceled", "WorkflowTaskScheduled"]);
    }

    [Fact]
    public void CompleteById_OfAnActivityThatRuns_EndsIt()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.CompleteActivity(ActivityRef.ById("a"), null, "w")));
        scenario.PollActivity();
        scenario.Do(t => t.CompleteActivity(ActivityRef.ById("a"), null, "w"));
        scenario.State.ActivityIds.ShouldBeEmpty();
    }

    [Fact]
    public void Eager_Requested_IsOfferedAsSuchAndStartsInTheSameTransition()
    {
        var scenario = Scenario.Started();
        var task = scenario.Poll();
        var started = scenario.Do(t =>
        {
            t.CompleteWorkflowTask(task.Task, Scenario.Request(Commands.Activity(change: a => a.RequestEagerExecution = true)));
            var offer = t.Offers.OfType<ActivityTaskToOffer>().Single(o => o.IsEager);
            return t.StartActivity(offer, new PollerFacts("worker", Scenario.Queue, IsSticky: true));
        });

        started!.Response.ActivityId.ShouldBe("a");
        scenario.Last.Tasks.ShouldBeEmpty();
    }

    [Fact]
    public void Pause_ScheduledActivity_IsNotHandedOutUntilItIsUnpaused()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        var stale = scenario.State.WaitingTasks().OfType<ActivityTaskToOffer>().Single();
        scenario.Do(t => t.PauseActivity(new PauseActivityRequest { Id = "a", Identity = "op", Reason = "why" }));
        scenario.Do(t => t.StartActivity(stale, new PollerFacts("w", Scenario.Queue, false))).ShouldBeNull();
        scenario.State.Describe(scenario.Now).PendingActivities.Single().State.ShouldBe(PendingActivityState.Paused);

        scenario.Do(t => t.UnpauseActivity(new UnpauseActivityRequest { Id = "a" }));
        scenario.PollActivity();
    }

    [Fact]
    public void Reset_RunningActivity_BeginsAnewAfterTheAttempt()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        var first = scenario.PollActivity();
        scenario.Do(t => t.FailActivity(first.Activity, Commands.Failure(), "w", null));
        scenario.Pass(TimeSpan.FromSeconds(1));
        var second = scenario.PollActivity();
        scenario.Do(t => t.ResetActivity(new ResetActivityRequest { Id = "a" }));
        scenario.Do(t => t.Heartbeat(second.Activity, null, "w")).Reset.ShouldBeTrue();
        scenario.Do(t => t.FailActivity(second.Activity, Commands.Failure(), "w", null));

        scenario.PollActivity().Response.Attempt.ShouldBe(1);
    }

    [Fact]
    public void UpdateOptions_Timeout_CountsForTheNextAttempt()
    {
        var scenario = Scenario.Started();
        scenario.Work(Commands.Activity());
        var options = scenario.Do(t => t.UpdateActivityOptions(new UpdateActivityOptionsRequest
        {
            Id = "a",
            ActivityOptions = new() { StartToCloseTimeout = Commands.Seconds(3) },
            UpdateMask = new() { Paths = { "start_to_close_timeout" } },
        }));

        options.StartToCloseTimeout.ShouldBe(Commands.Seconds(3));
        scenario.PollActivity().Response.StartToCloseTimeout.ShouldBe(Commands.Seconds(3));
        scenario.Do(t => t.FailActivity(ActivityRef.ById("a"), Commands.Failure(), "w", null));
        scenario.Do(t => t.UpdateActivityOptions(new UpdateActivityOptionsRequest
        {
            Id = "a",
            ActivityOptions = new() { RetryPolicy = new RetryPolicy { InitialInterval = Commands.Seconds(600), MaximumInterval = Commands.Seconds(600) } },
            UpdateMask = new() { Paths = { "retry_policy.initial_interval", "retry_policy.maximum_interval" } },
        }));
        scenario.State.NextDue.ShouldBe(scenario.Now.AddSeconds(600), "a changed policy counts for the wait under way");
        Should.Throw<RpcRefusal>(() => scenario.Do(t => t.PauseActivity(new PauseActivityRequest { Id = "none" }))).Message.ShouldBe("activity not found");
    }
}
