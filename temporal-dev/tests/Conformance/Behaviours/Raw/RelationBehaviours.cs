using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>What executions do to each other: children, parents' ends, signals and cancellations from outside.</summary>
public abstract class RelationBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    [Fact]
    public Task Child_FromStartToEnd_IsSeenByItsParent() => RecordedAsync(async () =>
    {
        await BeginWithChildAsync();
        var child = await PollChildAsync();
        Observe("child's first task", child);
        await CompleteAsync(child, Commands.Complete("child's result"));
        await UntilAsync(EventType.ChildWorkflowExecutionCompleted);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Child_ThatFails_IsSeenByItsParent() => RecordedAsync(async () =>
    {
        await BeginWithChildAsync();
        await CompleteAsync(await PollChildAsync(), Commands.Fail("child's failure"));
        await UntilAsync(EventType.ChildWorkflowExecutionFailed);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Child_Terminated_IsSeenByItsParent() => RecordedAsync(async () =>
    {
        await BeginWithChildAsync();
        await Service.TerminateWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = new() { WorkflowId = ChildId }, Reason = "by an operator" });
        await UntilAsync(EventType.ChildWorkflowExecutionTerminated);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Child_OutOfTime_IsSeenByItsParent() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync(Commands.StartChild(ChildQueue, ChildId, c => c.WorkflowRunTimeout = Commands.Seconds(1)));
        await UntilAsync(EventType.ChildWorkflowExecutionTimedOut);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Child_ContinuedAsNew_IsTheSameChildToItsParent() => RecordedAsync(async () =>
    {
        await BeginWithChildAsync();
        await CompleteAsync(await PollChildAsync(), Commands.ContinueAsNew(ChildQueue));
        await CompleteAsync(await PollChildAsync(), Commands.Complete("of the second run"));
        await UntilAsync(EventType.ChildWorkflowExecutionCompleted);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Child_WithAnIdThatRuns_FailsToStart() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync(Commands.StartChild(ChildQueue, WorkflowId));
        await UntilAsync(EventType.StartChildWorkflowExecutionFailed);
        var task = await PollAsync();
        Observe("task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Theory]
    [InlineData(ParentClosePolicy.Terminate, EventType.WorkflowExecutionTerminated)]
    [InlineData(ParentClosePolicy.RequestCancel, EventType.WorkflowExecutionCancelRequested)]
    public Task Child_WhenItsParentEnds_IsToldByPolicy(ParentClosePolicy policy, EventType expected) => RecordedAsync(
        async () =>
        {
            await BeginWithChildAsync(c => c.ParentClosePolicy = policy);
            await PollChildAsync();
            await SignalAsync("go home");
            await AnswerAsync(Commands.Complete());
            var child = Client.GetWorkflowHandle(ChildId);
            await EventuallyAsync(async () => (await EventTypesAsync(child)).Contains(expected));
        },
        CaseName(policy));

    [Fact]
    public Task Signal_ToAnotherWorkflow_IsSeenByBoth() => RecordedAsync(async () =>
    {
        var other = await StartOtherAsync();
        await StartAsync();
        await AnswerAsync(Commands.SignalExternal(other, "hello"));
        await UntilAsync(EventType.ExternalWorkflowExecutionSignaled);
        (await EventTypesAsync(Client.GetWorkflowHandle(other))).ShouldContain(EventType.WorkflowExecutionSignaled);
        await AnswerAsync(Commands.Complete());
        await Client.GetWorkflowHandle(other).TerminateAsync();
    });

    [Fact]
    public Task Signal_ToAnUnknownWorkflow_FailsInTheHistory() => RecordedAsync(async () =>
    {
        await StartAsync();
        // One after the other: which of two failures comes first is the server's choice.
        await AnswerAsync(Commands.SignalExternal(NewId("unknown"), "hello"));
        await UntilAsync(EventType.SignalExternalWorkflowExecutionFailed);
        await AnswerAsync(Commands.CancelExternal(NewId("unknown")));
        await UntilAsync(EventType.RequestCancelExternalWorkflowExecutionFailed);
        await AnswerAsync(Commands.Complete());
    });

    [Fact]
    public Task Cancellation_OfAnotherWorkflow_IsSeenByBoth() => RecordedAsync(async () =>
    {
        var other = await StartOtherAsync();
        await StartAsync();
        await AnswerAsync(Commands.CancelExternal(other));
        await UntilAsync(EventType.ExternalWorkflowExecutionCancelRequested);
        (await EventTypesAsync(Client.GetWorkflowHandle(other))).ShouldContain(EventType.WorkflowExecutionCancelRequested);
        await AnswerAsync(Commands.Complete());
        await Client.GetWorkflowHandle(other).TerminateAsync();
    });

    private string ChildId { get; } = NewId("child");

    private string ChildQueue { get; } = NewId("queue");

    private Task<Api.WorkflowService.V1.PollWorkflowTaskQueueResponse> PollChildAsync() => PollAsync(new() { Name = ChildQueue, Kind = TaskQueueKind.Normal });

    private async Task BeginWithChildAsync(Action<StartChildWorkflowExecutionCommandAttributes>? change = null)
    {
        await StartAsync();
        await AnswerAsync(Commands.StartChild(ChildQueue, ChildId, change));
        await UntilAsync(EventType.ChildWorkflowExecutionStarted);
        await AnswerAsync();
    }

    private async Task<string> StartOtherAsync()
    {
        var id = NewId("other");
        await StartAsync(r =>
        {
            r.WorkflowId = id;
            r.TaskQueue = new() { Name = NewId("queue") };
        });
        return id;
    }
}
