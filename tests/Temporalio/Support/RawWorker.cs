using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace Temporalio.InTree.Tests.Support;

/// <summary>
/// A worker by hand: polls one task at a time and answers with given commands. It lets the client be tested against a real
/// server without our own worker, so that an error in one cannot hide in the other.
/// </summary>
internal sealed class RawWorker(TemporalClient client, string taskQueue)
{
    private static readonly RpcOptions Retrying = new() { Retry = true };

    private WorkflowService Service => client.Connection.WorkflowService;

    public static Payloads ToPayloads(object? value) =>
        new() { Payloads_ = { DataConverter.Default.PayloadConverter.ToPayload(value) } };

    public static Command CompleteWorkflow(object? result) => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new() { Result = ToPayloads(result) },
    };

    public static Command FailWorkflow(Temporalio.Api.Failure.V1.Failure failure) => new()
    {
        CommandType = CommandType.FailWorkflowExecution,
        FailWorkflowExecutionCommandAttributes = new() { Failure = failure },
    };

    public static Command CancelWorkflow(object? details) => new()
    {
        CommandType = CommandType.CancelWorkflowExecution,
        CancelWorkflowExecutionCommandAttributes = new() { Details = ToPayloads(details) },
    };

    public static Command ContinueAsNew(string workflowType) => new()
    {
        CommandType = CommandType.ContinueAsNewWorkflowExecution,
        ContinueAsNewWorkflowExecutionCommandAttributes = new() { WorkflowType = new() { Name = workflowType } },
    };

    public static Command CancelActivity(long scheduledEventId) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
    };

    public Command ScheduleActivity(string id) => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new()
        {
            ActivityId = id,
            ActivityType = new() { Name = "Act" },
            TaskQueue = new() { Name = taskQueue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
            RetryPolicy = new() { MaximumAttempts = 1 },
        },
    };

    public async Task<PollWorkflowTaskQueueResponse> PollAsync()
    {
        while (true)
        {
            var task = await Service.PollWorkflowTaskQueueAsync(
                new() { Namespace = client.Options.Namespace, TaskQueue = new() { Name = taskQueue }, Identity = "raw" }, Retrying);
            if (!task.TaskToken.IsEmpty)
            {
                return task;
            }
        }
    }

    public async Task<ByteString> PollActivityAsync()
    {
        while (true)
        {
            var task = await Service.PollActivityTaskQueueAsync(
                new() { Namespace = client.Options.Namespace, TaskQueue = new() { Name = taskQueue }, Identity = "raw" }, Retrying);
            if (!task.TaskToken.IsEmpty)
            {
                return task.TaskToken;
            }
        }
    }

    /// <summary>Answers the next workflow task.</summary>
    public async Task<PollWorkflowTaskQueueResponse> AnswerNextAsync(params Command[] commands)
    {
        var task = await PollAsync();
        await AnswerAsync(task, commands);
        return task;
    }

    public async Task AnswerAsync(PollWorkflowTaskQueueResponse task, params Command[] commands) =>
        await Service.RespondWorkflowTaskCompletedAsync(
            new()
            {
                Namespace = client.Options.Namespace, TaskToken = task.TaskToken, Identity = "raw", Commands = { commands },
            },
            Retrying);

    public async Task AnswerQueryAsync(PollWorkflowTaskQueueResponse task, object? result, string? error = null) =>
        await Service.RespondQueryTaskCompletedAsync(
            new()
            {
                Namespace = client.Options.Namespace,
                TaskToken = task.TaskToken,
                CompletedType = error is null ? QueryResultType.Answered : QueryResultType.Failed,
                QueryResult = error is null ? ToPayloads(result) : null,
                ErrorMessage = error ?? string.Empty,
            },
            Retrying);

    /// <summary>Accepts the update that the next task brings and completes it, or rejects it if a failure is given.</summary>
    public async Task AnswerUpdateAsync(Outcome outcome, bool reject = false, params Command[] more)
    {
        var task = await PollAsync();
        var message = task.Messages.Single();
        var request = message.Body.Unpack<Request>();
        var bodies = reject
            ? new IMessage[]
            {
                new Rejection
                {
                    RejectedRequestMessageId = message.Id,
                    RejectedRequestSequencingEventId = message.EventId,
                    RejectedRequest = request,
                    Failure = outcome.Failure,
                },
            }
            : [
                new Acceptance
                {
                    AcceptedRequestMessageId = message.Id,
                    AcceptedRequestSequencingEventId = message.EventId,
                    AcceptedRequest = request,
                },
                new Response { Meta = request.Meta, Outcome = outcome },
            ];
        var messages = bodies.Select((body, i) => new Message
        {
            Id = $"{message.Id}/answer-{i}", ProtocolInstanceId = message.ProtocolInstanceId, Body = Any.Pack(body),
        }).ToArray();
        var completed = new RespondWorkflowTaskCompletedRequest
        {
            Namespace = client.Options.Namespace,
            TaskToken = task.TaskToken,
            Identity = "raw",
            Messages = { messages },
            Commands = { reject ? [] : messages.Select(ToCommand) },
        };
        completed.Commands.AddRange(more);
        await Service.RespondWorkflowTaskCompletedAsync(completed, Retrying);
    }

    private static Command ToCommand(Message message) => new()
    {
        CommandType = CommandType.ProtocolMessage,
        ProtocolMessageCommandAttributes = new() { MessageId = message.Id },
    };
}
