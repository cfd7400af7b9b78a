using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Tests.Support;

namespace Temporalio.DevServer.Tests.Frontend;

/// <summary>What a client and a worker call, with one queue and nothing more than a test needs.</summary>
internal static class WorkerCalls
{
    private const string Queue = "q";

    /// <summary>Starts a workflow; returns its run id.</summary>
    public static async Task<string> StartWorkflowAsync(this InProcessServer server, string workflowId) => (await server.WorkflowAsync<StartWorkflowExecutionResponse>("StartWorkflowExecution", new StartWorkflowExecutionRequest
    {
        Namespace = "default",
        WorkflowId = workflowId,
        WorkflowType = new WorkflowType { Name = "type" },
        TaskQueue = new TaskQueue { Name = Queue },
    })).RunId;

    public static Task<PollWorkflowTaskQueueResponse> PollAsync(this InProcessServer server) => server.WorkflowAsync<PollWorkflowTaskQueueResponse>(
        "PollWorkflowTaskQueue", new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue { Name = Queue }, Identity = "worker" });

    public static Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(this InProcessServer server, PollWorkflowTaskQueueResponse task, params Command[] commands) =>
        server.WorkflowAsync<RespondWorkflowTaskCompletedResponse>(
            "RespondWorkflowTaskCompleted",
            new RespondWorkflowTaskCompletedRequest { Namespace = "default", TaskToken = task.TaskToken, Identity = "worker", Commands = { commands } });

    /// <summary>Accepts an update and leaves it open.</summary>
    public static Task<RespondWorkflowTaskCompletedResponse> AcceptAsync(this InProcessServer server, PollWorkflowTaskQueueResponse task, Message request)
    {
        var acceptance = new Acceptance
        {
            AcceptedRequestMessageId = request.Id,
            AcceptedRequestSequencingEventId = request.EventId,
            AcceptedRequest = request.Body.Unpack<Request>(),
        };
        var accept = new Message { Id = request.ProtocolInstanceId + "/accept", ProtocolInstanceId = request.ProtocolInstanceId, Body = Any.Pack(acceptance) };
        var command = new Command { CommandType = CommandType.ProtocolMessage, ProtocolMessageCommandAttributes = new() { MessageId = accept.Id } };
        return server.WorkflowAsync<RespondWorkflowTaskCompletedResponse>(
            "RespondWorkflowTaskCompleted",
            new RespondWorkflowTaskCompletedRequest { Namespace = "default", TaskToken = task.TaskToken, Identity = "worker", Commands = { command }, Messages = { accept } });
    }
}
