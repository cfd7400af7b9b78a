using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Tests.Executions;

public class CommandTests
{
    public static TheoryData<string, WorkflowTaskFailedCause, string> Wrong() => new()
    {
        { "activity without timeout", WorkflowTaskFailedCause.BadScheduleActivityAttributes, "a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. ActivityId=a ActivityType=Step" },
        { "activity without queue", WorkflowTaskFailedCause.BadScheduleActivityAttributes, "missing task queue name" },
        { "activity twice", WorkflowTaskFailedCause.ScheduleActivityDuplicateId, "invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: a" },
        { "timer twice", WorkflowTaskFailedCause.StartTimerDuplicateId, "invalid history builder state for action: add-timer-started-event, TimerID: t" },
        { "unknown timer cancelled", WorkflowTaskFailedCause.BadCancelTimerAttributes, "invalid history builder state for action: add-timer-canceled-event, TimerID: t" },
        { "unknown activity cancelled", WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, "invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: 99" },
        { "marker without name", WorkflowTaskFailedCause.BadRecordMarkerAttributes, "MarkerName is not set on RecordMarkerCommand." },
        { "unknown search attribute", WorkflowTaskFailedCause.BadSearchAttributes, "Namespace default has no mapping defined for search attribute Nothing" },
        { "failure without failure", WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes, "Failure is not set on FailWorkflowExecutionCommand." },
        { "start and cancel of a child", WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes, "Start and RequestCancel for child workflow is not allowed in same workflow task. WorkflowId=child RunId= Namespace=" },
        { "absent message", WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage, "ProtocolMessageCommand referenced absent message ID nothing" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Answer_WithAWrongCommand_FailsTheTaskAndLeavesNothingElse(string what, WorkflowTaskFailedCause cause, string reason)
    {
        var scenario = Scenario.Started();
        var result = scenario.Work([Commands.Marker("before"), .. Of(what)]);

        result.Refusal!.Message.ShouldBe($"{cause}: {reason}");
        var failed = scenario.Event(EventType.WorkflowTaskFailed).WorkflowTaskFailedEventAttributes;
        (failed.Cause, failed.Failure.Message).ShouldBe((cause, result.Refusal.Message));
        scenario.Types.ShouldNotContain("MarkerRecorded");
        scenario.State.Task!.Attempt.ShouldBe(2);

        Should.Throw<RpcRefusal>(() => scenario.Work([.. Of(what)])).Message.ShouldBe(result.Refusal.Message);
    }

    [Fact]
    public void Answer_CommandsAfterTheLastOne_IsRefusedAsAWhole()
    {
        var scenario = Scenario.Started();
        var task = scenario.Poll();
        Should.Throw<RpcRefusal>(() => scenario.Answer(task, Commands.Complete(), Commands.Timer())).Message
            .ShouldBe("invalid command sequence: [CompleteWorkflowExecution, StartTimer], command CompleteWorkflowExecution must be the last command.");
        scenario.Answer(task, Commands.Complete());
    }

    [Fact]
    public void Answer_TooManyPendingActivities_FailsTheTask()
    {
        var scenario = Scenario.Started(limits: Limits.Default with { Pending = 2 });
        var result = scenario.Work(Commands.Activity("1"), Commands.Activity("2"), Commands.Activity("3"));
        result.Refusal!.Message.ShouldBe("PendingActivitiesLimitExceeded: the number of pending activities, 2, has reached the per-workflow limit of 2");
    }

    [Fact]
    public void Upserts_OfMemoAndAttributes_AddChangeAndRemove()
    {
        var scenario = Scenario.Started(r => r.Memo = new() { Fields = { ["old"] = Commands.Json("o") } });
        scenario.Work(
            Commands.Memo("new", Commands.Json("n")),
            Commands.Memo("old", new() { Metadata = { ["encoding"] = Google.Protobuf.ByteString.CopyFromUtf8("binary/null") } }),
            Commands.Attribute("Colour", Commands.Json("red")));

        scenario.State.Memo!.Fields.Keys.ShouldBe(["new"]);
        var row = scenario.Last.Write!.Visibility!;
        row.SearchAttributes["Colour"].Value.ShouldBe("red");
        row.SearchAttributes["BuildIds"].Value.ShouldBe(new[] { "unversioned" });
    }

    private static Command[] Of(string what) => what switch
    {
        "activity without timeout" => [Commands.Activity(change: a => a.StartToCloseTimeout = null)],
        "activity without queue" => [Commands.Activity(change: a => a.TaskQueue = null)],
        "activity twice" => [Commands.Activity(), Commands.Activity()],
        "timer twice" => [Commands.Timer(), Commands.Timer()],
        "unknown timer cancelled" => [Commands.CancelTimer()],
        "unknown activity cancelled" => [Commands.CancelActivity(99)],
        "marker without name" => [Commands.Marker("")],
        "unknown search attribute" => [Commands.Attribute("Nothing", Commands.Json("x"))],
        "failure without failure" => [new Command { CommandType = CommandType.FailWorkflowExecution, FailWorkflowExecutionCommandAttributes = new() }],
        "start and cancel of a child" => [Commands.Child(), Commands.CancelOther("child")],
        "absent message" => [Commands.Message("nothing")],
        _ => throw new ArgumentException(what, nameof(what)),
    };
}
