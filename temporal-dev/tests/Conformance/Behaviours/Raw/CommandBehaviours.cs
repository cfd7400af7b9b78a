using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Commands that workers send, good ones and such as no server may take.</summary>
public abstract class CommandBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    [Fact]
    public Task Commands_Together_AreRecordedInTheirOrder() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync(
            Commands.Marker("first"),
            Commands.StartTimer("slow", 3600),
            Commands.Upsert("TestKeyword", "PENDING"),
            Commands.Memo("note", "seen"),
            Commands.ScheduleActivity(Queue, "1"),
            Commands.CancelTimer("slow"),
            Commands.Complete("done"));
        (await HistoryAsync())[^1].EventType.ShouldBe(EventType.WorkflowExecutionCompleted);
        Observe("description", await DescribeAsync());
    });

    [Fact]
    public Task Workflow_ThatWaits_IsDescribedWithWhatItWaitsFor() => RecordedAsync(async () =>
    {
        await StartAsync(r => r.UserMetadata = new() { Summary = Commands.Payload("summary") });
        var childId = NewId("child");
        await AnswerAsync(
            Commands.StartTimer("1", 3600),
            Commands.ScheduleActivity(Queue, "2", a => a.HeartbeatTimeout = Commands.Seconds(30)),
            Commands.StartChild(NewId("nobody"), childId));
        await UntilAsync(EventType.ChildWorkflowExecutionStarted);
        await PollAsync();
        var description = await DescribeAsync();
        description.PendingActivities.Single().State.ShouldBe(PendingActivityState.Scheduled);
        description.PendingChildren.Single().WorkflowId.ShouldBe(childId);
        Observe("description", description);
        await TerminateAsync();
        await EventuallyAsync(async () => (await Service.DescribeWorkflowExecutionAsync(
            new() { Namespace = Namespace, Execution = new() { WorkflowId = childId } })).WorkflowExecutionInfo.Status == WorkflowExecutionStatus.Terminated);
    });

    [Fact]
    public Task Timer_WhenDue_FiresAndWakesTheWorkflow() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync(Commands.StartTimer("1", 0.5));
        var task = await PollAsync();
        task.History.Events[^3].EventType.ShouldBe(EventType.TimerFired);
        await CompleteAsync(task, Commands.Complete());
    });

    [Theory]
    [InlineData("a timer without an id")]
    [InlineData("a timer twice")]
    [InlineData("an unknown timer cancelled")]
    [InlineData("an activity without a type")]
    [InlineData("an activity without timeouts")]
    [InlineData("an activity twice")]
    [InlineData("an unknown activity cancelled")]
    [InlineData("a bad retry policy")]
    [InlineData("a marker without a name")]
    [InlineData("an unknown search attribute")]
    [InlineData("a search attribute of the wrong type")]
    [InlineData("no attributes")]
    [InlineData("a signal without a name")]
    [InlineData("a child without a type")]
    [InlineData("a failure without a failure")]
    [InlineData("something after the end")]
    [InlineData("a message that is not there")]
    public Task Command_ThatIsWrong_FailsTheTaskAndSaysWhy(string what) => RecordedAsync(
        async () =>
        {
            await StartAsync();
            var task = await PollAsync();
            var refusal = await RefusedAsync(what, () => CompleteAsync(task, Wrong(what)));
            refusal.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
            // Commands after the last one are refused before they reach the execution.
            (await HistoryAsync()).Any(e => e.EventType == EventType.WorkflowTaskFailed).ShouldBe(what != "something after the end");
            await TerminateAsync();
        },
        CaseName(what));

    private Command[] Wrong(string what) => what switch
    {
        "a timer without an id" => [Commands.StartTimer(string.Empty, 1)],
        "a timer twice" => [Commands.StartTimer("1", 3600), Commands.StartTimer("1", 3600)],
        "an unknown timer cancelled" => [Commands.CancelTimer("unknown")],
        "an activity without a type" => [Commands.ScheduleActivity(Queue, "1", a => a.ActivityType = null)],
        "an activity without timeouts" => [Commands.ScheduleActivity(Queue, "1", a => a.StartToCloseTimeout = null)],
        "an activity twice" => [Commands.ScheduleActivity(Queue, "1"), Commands.ScheduleActivity(Queue, "1")],
        "an unknown activity cancelled" => [Commands.CancelActivity(99)],
        "a bad retry policy" => [Commands.ScheduleActivity(Queue, "1", a => a.RetryPolicy = new() { BackoffCoefficient = 0.5 })],
        "a marker without a name" => [Commands.Marker(string.Empty)],
        "an unknown search attribute" => [Commands.Upsert("NobodyRegisteredThis", "x")],
        "a search attribute of the wrong type" => [Commands.Upsert("TestInt", "not a number")],
        "no attributes" => [new Command { CommandType = CommandType.StartTimer }],
        "a signal without a name" => [Commands.SignalExternal("somebody", string.Empty)],
        "a child without a type" => [Commands.StartChild(Queue, "child", c => c.WorkflowType = null)],
        "a failure without a failure" => [new Command { CommandType = CommandType.FailWorkflowExecution, FailWorkflowExecutionCommandAttributes = new() }],
        "something after the end" => [Commands.Complete(), Commands.StartTimer("1", 1)],
        "a message that is not there" => [Commands.Message("not there")],
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}
