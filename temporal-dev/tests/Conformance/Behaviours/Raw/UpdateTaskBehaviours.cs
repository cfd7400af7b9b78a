using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Conformance.Tests.Servers;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>Updates as a worker meets them: admitted, accepted, completed, rejected; waiting and polling for each stage.</summary>
public abstract class UpdateTaskBehaviours(ConformanceServer server) : RawBehaviour(server)
{
    private const UpdateWorkflowExecutionLifecycleStage Accepted = UpdateWorkflowExecutionLifecycleStage.Accepted;
    private const UpdateWorkflowExecutionLifecycleStage Completed = UpdateWorkflowExecutionLifecycleStage.Completed;

    [Fact]
    public Task Update_OfAWaitingWorkflow_ComesInATaskOfItsOwn() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var update = UpdateAsync("u-1", Completed);
        var task = await PollAsync();
        task.Messages.Single().Body.Unpack<Request>().Input.Name.ShouldBe("Change");
        Observe("task", task);
        await AcceptAndCompleteAsync(task);
        var answer = await update;
        answer.Stage.ShouldBe(Completed);
        Observe("answer", answer);
        await TerminateAsync();
    });

    [Fact]
    public Task Update_Rejected_LeavesNoEvents() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var before = (await HistoryAsync()).Count;
        var update = UpdateAsync("u-1", Completed);
        var task = await PollAsync();
        await RejectAsync(task);
        var answer = await update;
        answer.Outcome.Failure.Message.ShouldBe("refused");
        Observe("answer", answer);
        (await HistoryAsync()).Count.ShouldBe(before);
        await TerminateAsync();
    });

    [Fact]
    public Task Update_AcceptedFirst_IsPolledUntilItsEnd() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var update = UpdateAsync("u-1", Accepted);
        var task = await PollAsync();
        await AcceptAsync(task);
        (await update).Stage.ShouldBe(Accepted);
        Observe("answer", await update);
        var poll = PollUpdateAsync("u-1", Completed);
        await SignalAsync("finish it");
        await CompleteUpdateAsync(await PollAsync(), "u-1");
        var outcome = await poll;
        outcome.Stage.ShouldBe(Completed);
        Observe("polled", outcome);
        Observe("polled again", await PollUpdateAsync("u-1", Completed));
        await TerminateAsync();
    });

    [Fact]
    public Task Update_WithAnIdThatCompleted_AnswersTheFirstOutcome() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var update = UpdateAsync("u-1", Completed);
        await AcceptAndCompleteAsync(await PollAsync());
        await update;
        Observe("second answer", await UpdateAsync("u-1", Completed));
        await TerminateAsync();
    });

    [Fact]
    public Task Update_WhenItsWorkflowCloses_IsRefusedIfItWasNotAccepted() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var update = UpdateAsync("u-1", Completed);
        var task = await PollAsync();
        await TerminateAsync();
        task.Messages.Count.ShouldBe(1);
        await RefusedAsync("the update", () => update);
    });

    [Fact]
    public Task Update_AcceptedWhenItsWorkflowCompletes_FailsWithTheWorkflow() => RecordedAsync(async () =>
    {
        await BeginAsync();
        var update = UpdateAsync("u-1", Completed);
        var task = await PollAsync();
        await AcceptAsync(task, Commands.Complete("without the update"));
        Observe("answer", await update);
    });

    [Fact]
    public Task Update_OfAClosedWorkflow_IsRefused() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await TerminateAsync();
        (await RefusedAsync("an update", () => UpdateAsync("u-1", Completed))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        (await RefusedAsync("a poll", () => PollUpdateAsync("u-1", Completed))).Code.ShouldBe(RpcException.StatusCode.NotFound);
    });

    [Fact]
    public Task Update_OfAnUnknownWorkflow_IsRefused() => RecordedAsync(async () =>
        (await RefusedAsync("an update", () => UpdateAsync("u-1", Completed))).Code.ShouldBe(RpcException.StatusCode.NotFound));

    [Fact]
    public Task Update_WithoutAName_IsRefused() => RecordedAsync(async () =>
    {
        await BeginAsync();
        (await RefusedAsync("an update", () => UpdateAsync("u-1", Completed, r => r.Request.Input.Name = string.Empty))).Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
        await RefusedAsync("no request", () => UpdateAsync("u-1", Completed, r => r.Request = null));
        await RefusedAsync("another first run", () => UpdateAsync("u-1", Completed, r => r.FirstExecutionRunId = Guid.NewGuid().ToString()));
        await TerminateAsync();
    });

    [Fact]
    public Task Update_DuringATask_ComesWithTheNextOne() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await SignalAsync("makes a task");
        var task = await PollAsync();
        var update = UpdateAsync("u-1", Completed);
        await EventuallyAsync(() => Task.FromResult(!update.IsFaulted));
        await CompleteAsync(task);
        var next = await PollAsync();
        await AcceptAndCompleteAsync(next);
        Observe("answer", await update);
        await TerminateAsync();
    });

    [Fact]
    public Task UpdateWithStart_OfANewWorkflow_CarriesTheUpdateInTheFirstTask() => RecordedAsync(async () =>
    {
        var call = UpdateWithStartAsync(WorkflowIdConflictPolicy.UseExisting);
        var task = await PollAsync();
        task.History.Events[0].EventType.ShouldBe(EventType.WorkflowExecutionStarted);
        Observe("task", task);
        await AcceptAndCompleteAsync(task);
        var answer = await call;
        Track(WorkflowId, answer.Responses[0].StartWorkflow.RunId);
        answer.Responses[0].StartWorkflow.Started.ShouldBeTrue();
        Observe("answer", answer);
        await TerminateAsync();
    });

    [Fact]
    public Task UpdateWithStart_WhileTheIdRunsWithFail_IsRefusedAsAWhole() => RecordedAsync(async () =>
    {
        await BeginAsync();
        await RefusedAsync("both", () => UpdateWithStartAsync(WorkflowIdConflictPolicy.Fail));
        await TerminateAsync();
    });

    private static Message Answer(Message message, string suffix, IMessage body) =>
        new() { Id = $"{message.ProtocolInstanceId}/{suffix}", ProtocolInstanceId = message.ProtocolInstanceId, Body = Any.Pack(body) };

    private static Acceptance AcceptanceOf(Message message) => new()
    {
        AcceptedRequestMessageId = message.Id, AcceptedRequestSequencingEventId = message.EventId, AcceptedRequest = message.Body.Unpack<Request>(),
    };

    private static Response ResponseTo(string updateId) =>
        new() { Meta = new() { UpdateId = updateId, Identity = Identity }, Outcome = new() { Success = Commands.Payloads("changed") } };

    private async Task BeginAsync()
    {
        await StartAsync();
        await AnswerAsync();
    }

    private Task AcceptAsync(PollWorkflowTaskQueueResponse task, params Api.Command.V1.Command[] more)
    {
        var accept = Answer(task.Messages.Single(), "accept", AcceptanceOf(task.Messages.Single()));
        return CompleteAsync(task, r => r.Messages.Add(accept), [Commands.Message(accept.Id), .. more]);
    }

    private Task AcceptAndCompleteAsync(PollWorkflowTaskQueueResponse task)
    {
        var message = task.Messages.Single();
        var accept = Answer(message, "accept", AcceptanceOf(message));
        var complete = Answer(message, "complete", ResponseTo(message.ProtocolInstanceId));
        return CompleteAsync(task, r => r.Messages.AddRange([accept, complete]), Commands.Message(accept.Id), Commands.Message(complete.Id));
    }

    private Task CompleteUpdateAsync(PollWorkflowTaskQueueResponse task, string updateId)
    {
        var complete = new Message { Id = $"{updateId}/complete", ProtocolInstanceId = updateId, Body = Any.Pack(ResponseTo(updateId)) };
        return CompleteAsync(task, r => r.Messages.Add(complete), Commands.Message(complete.Id));
    }

    private Task RejectAsync(PollWorkflowTaskQueueResponse task)
    {
        var message = task.Messages.Single();
        var reject = Answer(message, "reject", new Rejection
        {
            RejectedRequestMessageId = message.Id, RejectedRequestSequencingEventId = message.EventId, RejectedRequest = message.Body.Unpack<Request>(), Failure = Commands.Failure("refused"),
        });
        return CompleteAsync(task, r => r.Messages.Add(reject));
    }

    private Task<UpdateWorkflowExecutionResponse> UpdateAsync(string id, UpdateWorkflowExecutionLifecycleStage stage, Action<UpdateWorkflowExecutionRequest>? change = null)
    {
        var request = UpdateRequest(id, stage);
        change?.Invoke(request);
        return Service.UpdateWorkflowExecutionAsync(request);
    }

    private UpdateWorkflowExecutionRequest UpdateRequest(string id, UpdateWorkflowExecutionLifecycleStage stage) => new()
    {
        Namespace = Namespace,
        WorkflowExecution = new WorkflowExecution { WorkflowId = WorkflowId },
        WaitPolicy = new() { LifecycleStage = stage },
        Request = new() { Meta = new() { UpdateId = id, Identity = "caller" }, Input = new() { Name = "Change", Args = Commands.Payloads("to this") } },
    };

    private Task<PollWorkflowExecutionUpdateResponse> PollUpdateAsync(string id, UpdateWorkflowExecutionLifecycleStage stage) => Service.PollWorkflowExecutionUpdateAsync(new()
    {
        Namespace = Namespace, UpdateRef = new() { WorkflowExecution = Execution, UpdateId = id }, Identity = "caller", WaitPolicy = new() { LifecycleStage = stage },
    });

    private Task<ExecuteMultiOperationResponse> UpdateWithStartAsync(WorkflowIdConflictPolicy policy) => Service.ExecuteMultiOperationAsync(new()
    {
        Namespace = Namespace,
        Operations =
        {
            new ExecuteMultiOperationRequest.Types.Operation
            {
                StartWorkflow = new()
                {
                    Namespace = Namespace, WorkflowId = WorkflowId, WorkflowType = new() { Name = "Raw" }, TaskQueue = NormalQueue,
                    RequestId = Guid.NewGuid().ToString(), Identity = "caller", WorkflowIdConflictPolicy = policy,
                },
            },
            new ExecuteMultiOperationRequest.Types.Operation { UpdateWorkflow = UpdateRequest("u-1", Completed) },
        },
    });
}
