using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Conformance.Tests.Servers;

namespace Temporalio.Conformance.Tests.Behaviours.Raw;

/// <summary>
/// Base of the areas that speak the protocol by hand: the test itself is the worker. What no SDK would do can be tried so, and the server's
/// answers are seen as they are.
/// </summary>
public abstract class RawBehaviour(ConformanceServer server) : Behaviour(server)
{
    /// <summary>Who the worker says it is.</summary>
    protected const string Identity = "raw";

    /// <summary>The namespace of all tests.</summary>
    protected const string Namespace = "default";

    /// <inheritdoc />
    protected override bool WorkerDecidesTheTasks => false;

    /// <summary>Gets this test's own task queue.</summary>
    protected string Queue { get; } = NewId("queue");

    /// <summary>Gets this test's workflow.</summary>
    protected string WorkflowId { get; } = NewId("raw");

    /// <summary>Gets the latest run of this test's workflow.</summary>
    protected WorkflowExecution Execution => new() { WorkflowId = WorkflowId };

    /// <summary>Gets this test's task queue.</summary>
    protected TaskQueue NormalQueue => new() { Name = Queue, Kind = TaskQueueKind.Normal };

    /// <summary>Starts this test's workflow.</summary>
    protected async Task<StartWorkflowExecutionResponse> StartAsync(Action<StartWorkflowExecutionRequest>? change = null)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowId = WorkflowId,
            WorkflowType = new() { Name = "Raw" },
            TaskQueue = NormalQueue,
            Input = Commands.Payloads("input"),
            Identity = Identity,
            RequestId = Guid.NewGuid().ToString(),
        };
        change?.Invoke(request);
        var response = await Service.StartWorkflowExecutionAsync(request);
        Track(request.WorkflowId, response.RunId);
        return response;
    }

    /// <summary>Waits for the next workflow task.</summary>
    protected async Task<PollWorkflowTaskQueueResponse> PollAsync(TaskQueue? queue = null)
    {
        while (true)
        {
            var task = await Service.PollWorkflowTaskQueueAsync(new() { Namespace = Namespace, TaskQueue = queue ?? NormalQueue, Identity = Identity });
            if (!task.TaskToken.IsEmpty)
            {
                return task;
            }
        }
    }

    /// <summary>Answers a workflow task with commands.</summary>
    protected Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(PollWorkflowTaskQueueResponse task, params Command[] commands) =>
        CompleteAsync(task, static _ => { }, commands);

    /// <summary>Answers a workflow task.</summary>
    protected async Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(
        PollWorkflowTaskQueueResponse task, Action<RespondWorkflowTaskCompletedRequest> change, params Command[] commands)
    {
        var request = new RespondWorkflowTaskCompletedRequest { Namespace = Namespace, TaskToken = task.TaskToken, Identity = Identity, Commands = { commands } };
        change(request);
        return await Service.RespondWorkflowTaskCompletedAsync(request);
    }

    /// <summary>Waits for the next workflow task and answers it.</summary>
    protected async Task<PollWorkflowTaskQueueResponse> AnswerAsync(params Command[] commands)
    {
        var task = await PollAsync();
        await CompleteAsync(task, commands);
        return task;
    }

    /// <summary>Waits for the next activity task.</summary>
    protected async Task<PollActivityTaskQueueResponse> PollActivityAsync()
    {
        while (true)
        {
            var task = await Service.PollActivityTaskQueueAsync(new() { Namespace = Namespace, TaskQueue = NormalQueue, Identity = Identity });
            if (!task.TaskToken.IsEmpty)
            {
                return task;
            }
        }
    }

    /// <summary>Answers an activity task with a result.</summary>
    protected Task CompleteActivityAsync(PollActivityTaskQueueResponse task, object? result) => Service.RespondActivityTaskCompletedAsync(
        new() { Namespace = Namespace, TaskToken = task.TaskToken, Identity = Identity, Result = Commands.Payloads(result) });

    /// <summary>Answers an activity task with a failure.</summary>
    protected Task FailActivityAsync(PollActivityTaskQueueResponse task, Api.Failure.V1.Failure failure) => Service.RespondActivityTaskFailedAsync(
        new() { Namespace = Namespace, TaskToken = task.TaskToken, Identity = Identity, Failure = failure });

    /// <summary>Signals this test's workflow.</summary>
    protected Task SignalAsync(string name, string? requestId = null) => Service.SignalWorkflowExecutionAsync(new()
    {
        Namespace = Namespace,
        WorkflowExecution = Execution,
        SignalName = name,
        Input = Commands.Payloads(name),
        Identity = Identity,
        RequestId = requestId ?? Guid.NewGuid().ToString(),
    });

    /// <summary>Ends this test's workflow.</summary>
    protected Task TerminateAsync(string reason = "over") => Service.TerminateWorkflowExecutionAsync(
        new() { Namespace = Namespace, WorkflowExecution = Execution, Reason = reason, Identity = Identity });

    /// <summary>This test's workflow, described.</summary>
    protected Task<DescribeWorkflowExecutionResponse> DescribeAsync() =>
        Service.DescribeWorkflowExecutionAsync(new() { Namespace = Namespace, Execution = Execution });

    /// <summary>Events of this test's workflow.</summary>
    protected async Task<IReadOnlyList<HistoryEvent>> HistoryAsync() =>
        (await Service.GetWorkflowExecutionHistoryAsync(new() { Namespace = Namespace, Execution = Execution })).History.Events;

    /// <summary>Waits until an event of a type is in this test's history.</summary>
    protected Task UntilAsync(EventType type) => EventuallyAsync(async () => (await HistoryAsync()).Any(e => e.EventType == type), $"{type} in the history");
}
