using Temporalio.Api.Enums.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>How executions begin, are repeated, end and go: starts, requests sent twice, retries, cron, terminate, delete.</summary>
public abstract class LifecycleBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    /// <summary>Deprecated in the definitions, and still sent by older SDKs.</summary>
    private const WorkflowIdReusePolicy TerminateIfRunning = (WorkflowIdReusePolicy)4;

    [Fact]
    public Task Start_SentTwiceWithOneRequestId_IsOneRun() => RecordedAsync(async () =>
    {
        var requestId = Guid.NewGuid().ToString();
        var first = await StartAsync(r => r.RequestId = requestId);
        var second = await StartAsync(r => r.RequestId = requestId);
        second.RunId.ShouldBe(first.RunId);
        Observe("second answer", second);
        await TerminateAsync();
    });

    [Fact]
    public Task Start_WhileTheIdRuns_NamesTheRunInItsRefusal() => RecordedAsync(async () =>
    {
        await StartAsync();
        (await RefusedAsync("a start", () => StartAsync())).Code.ShouldBe(RpcException.StatusCode.AlreadyExists);
        await TerminateAsync();
        (await RefusedAsync("a start after the end", () => StartAsync(r => r.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate)))
            .Code.ShouldBe(RpcException.StatusCode.AlreadyExists);
    });

    [Fact]
    public Task Start_WithTerminateIfRunning_EndsTheOther() => RecordedAsync(async () =>
    {
        await StartAsync();
        await StartAsync(r => r.WorkflowIdReusePolicy = TerminateIfRunning);
        await TerminateAsync();
    });

    [Fact]
    public Task Signal_SentTwiceWithOneRequestId_ArrivesOnce() => RecordedAsync(async () =>
    {
        await StartAsync();
        await SignalAsync("once", "request-1");
        await SignalAsync("once", "request-1");
        var task = await PollAsync();
        task.History.Events.Count(e => e.EventType == EventType.WorkflowExecutionSignaled).ShouldBe(1);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task SignalWithStart_OfANewWorkflow_SignalsItBeforeItsFirstTask() => RecordedAsync(async () =>
    {
        var answer = await Service.SignalWithStartWorkflowExecutionAsync(new()
        {
            Namespace = Namespace, WorkflowId = WorkflowId, WorkflowType = new() { Name = "Raw" }, TaskQueue = NormalQueue, Identity = Identity,
            RequestId = Guid.NewGuid().ToString(), SignalName = "hello", SignalInput = Commands.Payloads(1), Memo = new() { Fields = { ["m"] = Commands.Payload(2) } },
        });
        Track(WorkflowId, answer.RunId);
        answer.Started.ShouldBeTrue();
        var task = await PollAsync();
        Observe("task", task);
        await CompleteAsync(task, Commands.Complete());
    });

    [Fact]
    public Task Run_ThatFailsWithARetryPolicy_IsFollowedByAnother() => RecordedAsync(async () =>
    {
        await StartAsync(r => r.RetryPolicy = new() { InitialInterval = Commands.Seconds(0.1), MaximumAttempts = 2 });
        await AnswerAsync(Commands.Fail("first"));
        var second = await PollAsync();
        second.History.Events[0].WorkflowExecutionStartedEventAttributes.Attempt.ShouldBe(2);
        await CompleteAsync(second, Commands.Fail("second"));
        await EventuallyAsync(async () => (await DescribeAsync()).WorkflowExecutionInfo.Status == WorkflowExecutionStatus.Failed);
        Observe("description", await DescribeAsync());
    });

    [Fact]
    public Task Run_ThatFailsForGood_IsNotRetried() => RecordedAsync(async () =>
    {
        await StartAsync(r => r.RetryPolicy = new() { InitialInterval = Commands.Seconds(0.1) });
        await AnswerAsync(Commands.Fail("for good", nonRetryable: true));
        (await DescribeAsync()).WorkflowExecutionInfo.Status.ShouldBe(WorkflowExecutionStatus.Failed);
    });

    [Fact]
    public Task Run_WithACron_IsFollowedByTheNext() => RecordedAsync(async () =>
    {
        await StartAsync(r => r.CronSchedule = "@every 1s");
        await AnswerAsync(Commands.Complete("first"));
        var second = await PollAsync();
        var started = second.History.Events[0].WorkflowExecutionStartedEventAttributes;
        started.Initiator.ShouldBe(ContinueAsNewInitiator.CronSchedule);
        await CompleteAsync(second, Commands.Fail("second"));
        var third = await PollAsync();
        third.History.Events[0].WorkflowExecutionStartedEventAttributes.LastCompletionResult.ShouldBe(Commands.Payloads("first"));
        await TerminateAsync();
    });

    [Fact]
    public Task Run_ContinuedAsNew_HandsOnWhatIsGivenAndWhatIsNot() => RecordedAsync(async () =>
    {
        await StartAsync(r =>
        {
            r.Memo = new() { Fields = { ["m"] = Commands.Payload("kept") } };
            r.WorkflowExecutionTimeout = Commands.Seconds(3600);
        });
        await AnswerAsync(Commands.Upsert("TestKeyword", "CHANGED"), Commands.ContinueAsNew(Queue, c => c.BackoffStartInterval = Commands.Seconds(0.1)));
        var next = await PollAsync();
        Observe("next run's task", next);
        await CompleteAsync(next, Commands.Complete());
    });

    [Fact]
    public Task Run_Cancelled_SeesTheRequestAndEndsCancelled() => RecordedAsync(async () =>
    {
        await StartAsync();
        await AnswerAsync();
        await Service.RequestCancelWorkflowExecutionAsync(
            new() { Namespace = Namespace, WorkflowExecution = Execution, Identity = Identity, RequestId = "cancel-1", Reason = "no longer wanted" });
        await RefusedAsync("another cancellation", () => Service.RequestCancelWorkflowExecutionAsync(
            new() { Namespace = Namespace, WorkflowExecution = Execution, Identity = Identity, RequestId = "cancel-2", FirstExecutionRunId = Guid.NewGuid().ToString() }));
        await AnswerAsync(Commands.CancelWorkflow());
    });

    [Fact]
    public Task Run_Terminated_TakesNothingMore() => RecordedAsync(async () =>
    {
        await StartAsync();
        await TerminateAsync("enough");
        (await RefusedAsync("a signal", () => SignalAsync("late"))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        (await RefusedAsync("another end", () => TerminateAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound);
        // A cancellation that comes too late has what it wants.
        await Service.RequestCancelWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = Execution });
        Observe("description", await DescribeAsync());
    });

    [Fact]
    public Task Run_Deleted_IsGone() => RecordedAsync(async () =>
    {
        await StartAsync();
        await Service.DeleteWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = Execution });
        await EventuallyAsync(async () =>
        {
            try
            {
                await DescribeAsync();
                return false;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                return true;
            }
        });
        await RefusedAsync("a description", () => DescribeAsync());
        await RefusedAsync("a deletion of nothing", () => Service.DeleteWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = Execution }));
    });

    [Theory]
    [InlineData("no workflow id")]
    [InlineData("no type")]
    [InlineData("no task queue")]
    [InlineData("a workflow id that is too long")]
    [InlineData("a negative timeout")]
    [InlineData("a bad retry policy")]
    [InlineData("a bad cron")]
    [InlineData("an unknown search attribute")]
    [InlineData("a search attribute of the wrong type")]
    [InlineData("a start delay and a cron")]
    [InlineData("policies that contradict each other")]
    [InlineData("an unknown namespace")]
    [InlineData("no request id")]
    public Task Start_ThatIsWrong_IsRefusedAndSaysWhy(string what) => RecordedAsync(
        async () =>
        {
            if (what == "no request id")
            {
                await StartAsync(r => r.RequestId = string.Empty);
                await TerminateAsync();
                return;
            }
            await RefusedAsync(what, () => StartAsync(r => Spoil(r, what)));
        },
        CaseName(what));

    private static void Spoil(Api.WorkflowService.V1.StartWorkflowExecutionRequest request, string what)
    {
        Action spoil = what switch
        {
            "no workflow id" => () => request.WorkflowId = string.Empty,
            "no type" => () => request.WorkflowType = null,
            "no task queue" => () => request.TaskQueue = null,
            "a workflow id that is too long" => () => request.WorkflowId = new string('x', 1001),
            "a negative timeout" => () => request.WorkflowRunTimeout = Commands.Seconds(-1),
            "a bad retry policy" => () => request.RetryPolicy = new() { InitialInterval = Commands.Seconds(-1) },
            "a bad cron" => () => request.CronSchedule = "at noon",
            "an unknown search attribute" => () => request.SearchAttributes = new() { IndexedFields = { ["NobodyRegisteredThis"] = Commands.Payload("x") } },
            "a search attribute of the wrong type" => () => request.SearchAttributes = new() { IndexedFields = { ["TestInt"] = Commands.Payload("x") } },
            "a start delay and a cron" => () => (request.WorkflowStartDelay, request.CronSchedule) = (Commands.Seconds(1), "* * * * *"),
            "policies that contradict each other" => () =>
                (request.WorkflowIdReusePolicy, request.WorkflowIdConflictPolicy) = (TerminateIfRunning, WorkflowIdConflictPolicy.UseExisting),
            "an unknown namespace" => () => request.Namespace = "no-such-namespace",
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        spoil();
    }
}
