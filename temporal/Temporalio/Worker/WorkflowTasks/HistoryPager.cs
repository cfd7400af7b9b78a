using Google.Protobuf;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// Gets the events of a workflow task that did not come with it.
/// </summary>
/// <param name="service">Service.</param>
/// <param name="namespaceName">Namespace.</param>
internal sealed class HistoryPager(WorkflowService service, string namespaceName)
{
    /// <summary>All events of a workflow task.</summary>
    /// <param name="task">Task.</param>
    /// <param name="fromStart">Whether all events of the run are wanted, not only those that the task begins with.</param>
    /// <returns>Events in order.</returns>
    /// <exception cref="Exceptions.RpcException">The server does not answer.</exception>
    internal async Task<IReadOnlyList<HistoryEvent>> GetEventsAsync(PollWorkflowTaskQueueResponse task, bool fromStart)
    {
        var own = (IReadOnlyList<HistoryEvent>?)task.History?.Events ?? [];
        if (!fromStart && task.NextPageToken.IsEmpty)
        {
            return own;
        }
        var events = fromStart ? [] : new List<HistoryEvent>(own);
        await FetchAsync(task, fromStart ? ByteString.Empty : task.NextPageToken, events).ConfigureAwait(false);
        // The start of this very task may be known to the task alone: the server writes it down when it is completed.
        Append(events, own);
        return events;
    }

    private static void Append(List<HistoryEvent> events, IEnumerable<HistoryEvent> more)
    {
        var last = events.Count == 0 ? 0 : events[^1].EventId;
        events.AddRange(more.Where(e => e.EventId > last));
    }

    private async Task FetchAsync(PollWorkflowTaskQueueResponse task, ByteString token, List<HistoryEvent> events)
    {
        do
        {
            var page = await service.GetWorkflowExecutionHistoryAsync(
                new() { Namespace = namespaceName, Execution = task.WorkflowExecution, NextPageToken = token },
                new() { Retry = true }).ConfigureAwait(false);
            Append(events, (IEnumerable<HistoryEvent>?)page.History?.Events ?? []);
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);
    }
}
