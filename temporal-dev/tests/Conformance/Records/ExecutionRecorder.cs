using System.Collections.Concurrent;
using Google.Protobuf.Collections;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;
using Temporalio.Exceptions;

namespace Temporalio.Conformance.Tests.Records;

/// <summary>Notes every workflow that a test starts, and reads all their histories at its end: later runs and children included.</summary>
public sealed class ExecutionRecorder : IClientInterceptor
{
    private readonly ConcurrentQueue<(string WorkflowId, string? RunId)> started = new();

    /// <inheritdoc />
    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => new Outbound(this, nextInterceptor);

    /// <summary>Notes a workflow that was started in another way than by the client's own calls.</summary>
    public void Track(string workflowId, string? runId = null) => started.Enqueue((workflowId, runId));

    /// <summary>The histories of all noted executions, each run once, in the order of their starts; what was deleted is left out.</summary>
    public async Task<IReadOnlyList<(string Name, RepeatedField<HistoryEvent> Events)>> ReadAsync(ITemporalClient client)
    {
        var waiting = new Queue<(string WorkflowId, string? RunId)>(started);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var histories = new List<(string, RepeatedField<HistoryEvent>)>();
        while (waiting.TryDequeue(out var execution))
        {
            if (await EventsAsync(client, execution.WorkflowId, execution.RunId) is not { } events
                || !seen.Add($"{execution.WorkflowId}/{RunId(events, execution.RunId)}"))
            {
                continue;
            }
            histories.Add((events[0].WorkflowExecutionStartedEventAttributes.WorkflowType.Name, events));
            foreach (var next in events.SelectMany(e => FollowedBy(execution.WorkflowId, e)))
            {
                waiting.Enqueue(next);
            }
        }
        return histories;
    }

    /// <summary>A run that was reset names in its first event the run that it came from, so the asked id is better where it is known.</summary>
    private static string RunId(RepeatedField<HistoryEvent> events, string? asked) =>
        asked ?? events[0].WorkflowExecutionStartedEventAttributes.OriginalExecutionRunId;

    private static IEnumerable<(string WorkflowId, string? RunId)> FollowedBy(string workflowId, HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.ChildWorkflowExecutionStarted:
                var child = e.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution;
                yield return (child.WorkflowId, child.RunId);
                break;
            case EventType.WorkflowTaskFailed when e.WorkflowTaskFailedEventAttributes.NewRunId is { Length: > 0 } reset:
                yield return (workflowId, reset);
                break;
            default:
                if (NewRunId(e) is { Length: > 0 } next)
                {
                    yield return (workflowId, next);
                }
                break;
        }
    }

    private static string? NewRunId(HistoryEvent e) => e.EventType switch
    {
        EventType.WorkflowExecutionContinuedAsNew => e.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
        EventType.WorkflowExecutionCompleted => e.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
        EventType.WorkflowExecutionFailed => e.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
        EventType.WorkflowExecutionTimedOut => e.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
        _ => null,
    };

    private static async Task<RepeatedField<HistoryEvent>?> EventsAsync(ITemporalClient client, string workflowId, string? runId)
    {
        var all = new RepeatedField<HistoryEvent>();
        var request = new Api.WorkflowService.V1.GetWorkflowExecutionHistoryRequest
        {
            Namespace = client.Options.Namespace,
            Execution = new() { WorkflowId = workflowId, RunId = runId ?? string.Empty },
        };
        try
        {
            do
            {
                var page = await client.Connection.WorkflowService.GetWorkflowExecutionHistoryAsync(request);
                all.AddRange(page.History.Events);
                request.NextPageToken = page.NextPageToken;
            }
            while (!request.NextPageToken.IsEmpty);
            return all;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    private sealed class Outbound(ExecutionRecorder recorder, ClientOutboundInterceptor next) : ClientOutboundInterceptor(next)
    {
        public override async Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
        {
            var handle = await base.StartWorkflowAsync<TWorkflow, TResult>(input);
            recorder.Track(handle.Id, handle.ResultRunId);
            return handle;
        }

        public override async Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(StartUpdateWithStartWorkflowInput input)
        {
            var handle = await base.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input);
            recorder.Track(handle.WorkflowId, handle.WorkflowRunId);
            return handle;
        }
    }
}
