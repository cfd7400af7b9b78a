using System.Runtime.CompilerServices;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Temporalio.Client;

public partial record WorkflowHandle
{
    /// <summary>Fetches the whole history.</summary>
    /// <param name="options">Filter and call options.</param>
    /// <returns>The history, which a replayer can take.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<WorkflowHistory> FetchHistoryAsync(WorkflowHistoryEventFetchOptions? options = null)
    {
        WorkflowHistoryEventFetchOptions? withoutWaiting = null;
        if (options is not null)
        {
            withoutWaiting = (WorkflowHistoryEventFetchOptions)options.Clone();
            withoutWaiting.WaitNewEvent = false;
        }
        var events = new List<HistoryEvent>();
        await foreach (var historyEvent in FetchHistoryEventsAsync(withoutWaiting).ConfigureAwait(false))
        {
            events.Add(historyEvent);
        }
        return new(Id, events);
    }

    /// <summary>Fetches the history event by event.</summary>
    /// <param name="options">Filter, whether to wait for more, and call options.</param>
    /// <returns>The events.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public IAsyncEnumerable<HistoryEvent> FetchHistoryEventsAsync(WorkflowHistoryEventFetchOptions? options = null) =>
        EnumerateHistoryAsync(options ?? new());

    private async IAsyncEnumerable<HistoryEvent> EnumerateHistoryAsync(
        WorkflowHistoryEventFetchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var rpc = LinkedRpcOptions.Create(options.Rpc, cancellationToken);
        byte[]? nextPageToken = null;
        do
        {
            var page = await Client.OutboundInterceptor.FetchWorkflowHistoryEventPageAsync(new(
                Id,
                RunId,
                PageSize: 0,
                nextPageToken,
                options.WaitNewEvent,
                options.EventFilterType,
                options.SkipArchival,
                rpc.Options)).ConfigureAwait(false);
            foreach (var historyEvent in page.Events)
            {
                yield return historyEvent;
            }
            nextPageToken = page.NextPageToken;
        }
        while (nextPageToken is not null);
    }
}
