namespace Temporalio.DevServer.Engine;

internal sealed partial class ExecutionEngine
{
    /// <summary>Bytes of one page of history, roughly: clients of the real server accept 4 MiB without being told otherwise.</summary>
    private const int HistoryPageBytes = 2 * 1024 * 1024;

    /// <summary>How a run stands, for a reader of its history.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="NextEventId">Events up to, not including, this one are stored.</param>
    /// <param name="IsOpen">Whether there may come more.</param>
    /// <param name="Unwritten">Events from <paramref name="NextEventId"/> on that are not stored yet and may never be: the pending workflow task's.</param>
    public sealed record HistoryFacts(RunKey Run, long NextEventId, bool IsOpen, IReadOnlyList<HistoryEvent> Unwritten);

    /// <summary>How a run stands.</summary>
    /// <exception cref="RpcRefusal">There is no such run.</exception>
    public async Task<HistoryFacts> HistoryFactsAsync(NamespaceFacts space, string workflowId, string runId, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(space.Id, workflowId, cancellationToken);
        var state = (await locked.RequireAsync(runId, cancellationToken)).State;
        return new HistoryFacts(state.Run, state.NextEventId, state.IsOpen, state.LeftOutEvents(toItsWorker: false));
    }

    /// <summary>Waits, softly, until a run has an event of an id or has closed.</summary>
    public async Task<HistoryFacts> WaitForEventAsync(NamespaceFacts space, RunKey run, long eventId, bool closeOnly, TimeSpan wait, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var watch = services.Changes.Begin(run);
        while (true)
        {
            var change = closeOnly ? watch.Close() : watch.NextChange();
            var facts = await HistoryFactsAsync(space, run.WorkflowId, run.RunId, cancellationToken);
            var left = wait - TimeProvider.System.GetElapsedTime(begun);
            if (!facts.IsOpen || (!closeOnly && facts.NextEventId > eventId) || left <= TimeSpan.Zero)
                return facts;
            try
            {
                await change.WaitAsync(left, cancellationToken);
            }
            catch (TimeoutException)
            {
                return facts;
            }
        }
    }

    /// <summary>Events of a run in order, as many as fit a page.</summary>
    /// <param name="run">The run.</param>
    /// <param name="from">The first event.</param>
    /// <param name="to">Up to, not including, this one.</param>
    /// <param name="maxEvents">How many at most; a page may hold fewer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<HistoryEvent>> ReadEventsAsync(RunKey run, long from, long to, int maxEvents, CancellationToken cancellationToken)
    {
        to = Math.Min(to, from + maxEvents);
        if (from >= to)
            return [];
        using (var locked = await LockAsync(run.NamespaceId, run.WorkflowId, cancellationToken))
        {
            if (locked.Loaded(run.RunId)?.Tail.Slice(from, to) is { } recent)
                return recent;
        }

        var page = await services.Store.ReadEventsAsync(run, from, HistoryPageBytes, cancellationToken);
        return [.. page.Batches.SelectMany(b => History.Parser.ParseFrom(b.Events).Events).Where(e => e.EventId >= from && e.EventId < to)];
    }

    /// <summary>Events of a run backwards from one, as many as fit a page.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> ReadEventsBackAsync(RunKey run, long last, int maxEvents, CancellationToken cancellationToken)
    {
        if (last < 1)
            return [];
        var page = await services.Store.ReadEventsBackAsync(run, last, HistoryPageBytes, cancellationToken);
        return [.. page.Batches.SelectMany(b => History.Parser.ParseFrom(b.Events).Events.Reverse()).Where(e => e.EventId <= last).Take(maxEvents)];
    }
}
