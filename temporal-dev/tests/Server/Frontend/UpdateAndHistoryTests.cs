using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Frontend;

/// <summary>Waits and pages, over a real port.</summary>
public class UpdateAndHistoryTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task GetWorkflowExecutionHistory_SmallPages_GiveEveryEventOnceForwardsAndBackwards()
    {
        await using var server = await InProcessServer.StartAsync();
        var run = await server.StartWorkflowAsync("w");
        for (var i = 0; i < 10; i++)
            await server.WorkflowAsync<SignalWorkflowExecutionResponse>("SignalWorkflowExecution", new SignalWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = new() { WorkflowId = "w" }, SignalName = $"{i}" });
        var forwards = new List<HistoryEvent>();
        for (var token = Google.Protobuf.ByteString.Empty; ;)
        {
            var page = await server.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", new GetWorkflowExecutionHistoryRequest { Namespace = "default", Execution = new() { WorkflowId = "w" }, MaximumPageSize = 3, NextPageToken = token });
            page.History.Events.Count.ShouldBeLessThanOrEqualTo(3);
            forwards.AddRange(page.History.Events);
            if ((token = page.NextPageToken).IsEmpty)
                break;
        }

        forwards.Select(e => e.EventId).ShouldBe(Enumerable.Range(1, 12).Select(i => (long)i));
        var backwards = new List<HistoryEvent>();
        for (var token = Google.Protobuf.ByteString.Empty; ;)
        {
            var page = await server.WorkflowAsync<GetWorkflowExecutionHistoryReverseResponse>("GetWorkflowExecutionHistoryReverse", new GetWorkflowExecutionHistoryReverseRequest { Namespace = "default", Execution = new() { WorkflowId = "w", RunId = run }, MaximumPageSize = 5, NextPageToken = token });
            backwards.AddRange(page.History.Events);
            if ((token = page.NextPageToken).IsEmpty)
                break;
        }

        backwards.ShouldBe(Enumerable.Reverse(forwards));
    }

    [Fact]
    public async Task GetWorkflowExecutionHistory_TaskIsTriedAgain_EndsWithItsTwoUnwrittenEvents()
    {
        await using var server = await InProcessServer.StartAsync();
        await server.StartWorkflowAsync("w");
        var first = await server.PollAsync();
        await server.WorkflowAsync<RespondWorkflowTaskFailedResponse>("RespondWorkflowTaskFailed", new RespondWorkflowTaskFailedRequest { Namespace = "default", TaskToken = first.TaskToken });
        var request = new GetWorkflowExecutionHistoryRequest { Namespace = "default", Execution = new() { WorkflowId = "w" } };
        (await TypesAsync()).Skip(4).ShouldBe([EventType.WorkflowTaskScheduled]);
        await server.PollAsync();
        (await TypesAsync()).Skip(4).ShouldBe([EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted]);
        await server.WorkflowAsync<SignalWorkflowExecutionResponse>("SignalWorkflowExecution", new SignalWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = new() { WorkflowId = "w" }, SignalName = "s" });
        (await TypesAsync()).Skip(4).ShouldBe([EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted], "the signal waits for the worker's answer");

        async Task<IEnumerable<EventType>> TypesAsync() =>
            (await server.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", request)).History.Events.Select(e => e.EventType);
    }

    [Fact]
    public async Task GetWorkflowExecutionHistory_TokenOfAnotherRun_IsRefused()
    {
        await using var server = await InProcessServer.StartAsync();
        await server.StartWorkflowAsync("w");
        var page = await server.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", new GetWorkflowExecutionHistoryRequest { Namespace = "default", Execution = new() { WorkflowId = "w" }, MaximumPageSize = 1 });
        var other = await server.StartWorkflowAsync("other");
        var refusal = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", new GetWorkflowExecutionHistoryRequest { Namespace = "default", Execution = new() { WorkflowId = "other", RunId = other }, NextPageToken = page.NextPageToken }));
        refusal.Status.Detail.ShouldBe("RunId in the request does not match the NextPageToken.");
    }

    [Fact]
    public async Task GetWorkflowExecutionHistory_WaitingForTheCloseEvent_GetsItAlone()
    {
        await using var server = await InProcessServer.StartAsync();
        var run = await server.StartWorkflowAsync("w");
        var waiting = server.WorkflowAsync<GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", new GetWorkflowExecutionHistoryRequest { Namespace = "default", Execution = new() { WorkflowId = "w" }, WaitNewEvent = true, HistoryEventFilterType = HistoryEventFilterType.CloseEvent });
        await server.WorkflowAsync<TerminateWorkflowExecutionResponse>("TerminateWorkflowExecution", new TerminateWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = new() { WorkflowId = "w", RunId = run } });
        var answer = await waiting.WaitAsync(Generous);
        answer.History.Events.Single().EventType.ShouldBe(EventType.WorkflowExecutionTerminated);
        answer.NextPageToken.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task PollWorkflowTaskQueue_LittleTimeLeft_IsRefused()
    {
        await using var server = await InProcessServer.StartAsync();
        var refusal = await Should.ThrowAsync<RpcException>(() => server.WorkflowAsync<PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new() { Name = "q" } }, TimeSpan.FromSeconds(1.5)));
        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task UpdateWorkflowExecution_WorkerAccepts_AnswersAtTheStageAskedFor()
    {
        await using var server = await InProcessServer.StartAsync();
        await server.StartWorkflowAsync("w");
        await server.CompleteAsync(await server.PollAsync());
        var update = server.WorkflowAsync<UpdateWorkflowExecutionResponse>("UpdateWorkflowExecution", new UpdateWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new WorkflowExecution { WorkflowId = "w" },
            WaitPolicy = new WaitPolicy { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Accepted },
            Request = new Request { Meta = new Meta { UpdateId = "u" }, Input = new Input { Name = "change" } },
        });
        var task = await server.PollAsync();
        var asked = task.Messages.ShouldHaveSingleItem();
        await server.AcceptAsync(task, asked);
        var answer = await update.WaitAsync(Generous);
        answer.Stage.ShouldBe(UpdateWorkflowExecutionLifecycleStage.Accepted);
        answer.Link.WorkflowEvent.RequestIdRef.EventType.ShouldBe(EventType.WorkflowExecutionUpdateAccepted);
        var polled = await server.WorkflowAsync<PollWorkflowExecutionUpdateResponse>("PollWorkflowExecutionUpdate", new PollWorkflowExecutionUpdateRequest { Namespace = "default", UpdateRef = answer.UpdateRef, WaitPolicy = new WaitPolicy { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Accepted } });
        polled.Stage.ShouldBe(UpdateWorkflowExecutionLifecycleStage.Accepted);
    }
}
