namespace Temporalio.DevServer.Engine;

/// <summary>
/// A workflow id whose lock is held: read its runs, change them, commit. Dispose it to give the lock back. What is loaded says again what waits (tasks,
/// effects, due time), so that nothing depends on what this process remembers.
/// </summary>
internal sealed class LockedWorkflow : IDisposable
{
    private const int PageBytes = 4 * 1024 * 1024;

    private readonly EngineServices services;
    private readonly Publisher publisher;
    private readonly WorkflowSlot slot;

    private LockedWorkflow(EngineServices services, Publisher publisher, WorkflowSlot slot) => (this.services, this.publisher, this.slot) = (services, publisher, slot);

    /// <summary>Waits for the lock.</summary>
    public static async ValueTask<LockedWorkflow> LockAsync(EngineServices services, Publisher publisher, string namespaceId, string workflowId, CancellationToken cancellationToken) =>
        new(services, publisher, await services.Registry.LockAsync(namespaceId, workflowId, cancellationToken));

    /// <summary>The current run's pointer, or null.</summary>
    public async ValueTask<CurrentRun?> CurrentAsync(CancellationToken cancellationToken)
    {
        if (!slot.IsCurrentKnown)
            slot.KnowCurrent(await services.Store.CurrentRunAsync(slot.NamespaceId, slot.WorkflowId, cancellationToken));
        return slot.Current;
    }

    /// <summary>A run, or the current one where the id is empty; null if there is none.</summary>
    public async ValueTask<LoadedRun?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        if (runId.Length == 0)
        {
            if (await CurrentAsync(cancellationToken) is not { } current)
                return null;
            runId = current.RunId;
        }

        if (slot.Runs.TryGetValue(runId, out var loaded))
            return loaded;
        return await LoadAsync(new RunKey(slot.NamespaceId, slot.WorkflowId, runId), cancellationToken);
    }

    /// <summary>A run, or the current one where the id is empty.</summary>
    /// <exception cref="RpcRefusal">There is none.</exception>
    public async ValueTask<LoadedRun> RequireAsync(string runId, CancellationToken cancellationToken) =>
        await FindAsync(runId, cancellationToken) ?? throw RpcRefusal.NotFound(runId.Length == 0
            ? $"workflow not found for ID: {slot.WorkflowId}"
            : $"workflow execution not found for workflow ID \"{slot.WorkflowId}\" and run ID \"{runId}\"");

    /// <summary>A run if it is in memory.</summary>
    public LoadedRun? Loaded(string runId) => slot.Runs.GetValueOrDefault(runId);

    /// <summary>Forgets a run, so that the next who asks loads it: what is in memory may not be what is stored.</summary>
    public void Drop(RunKey run, Exception reason)
    {
        slot.Forget();
        publisher.Spoiled(run, reason);
    }

    public void Dispose() => services.Registry.Release(slot);

    private async ValueTask<LoadedRun?> LoadAsync(RunKey run, CancellationToken cancellationToken)
    {
        if (await services.Store.LoadRunAsync(run, cancellationToken) is not { } stored)
            return null;
        var tail = new HistoryTail();
        var events = new List<HistoryEvent>();
        for (long? next = 1; next is { } from;)
        {
            var page = await services.Store.ReadEventsAsync(run, from, PageBytes, cancellationToken);
            foreach (var batch in page.Batches)
            {
                var parsed = History.Parser.ParseFrom(batch.Events).Events;
                events.AddRange(parsed);
                tail.Append(parsed, batch.Events.Length);
            }

            next = page.Continue;
        }

        var loaded = new LoadedRun(ExecutionState.Rebuild(stored, events), tail);
        slot.Runs[run.RunId] = loaded;
        publisher.Loaded(loaded.State);
        return loaded;
    }

    /// <summary>
    /// Ends transitions of this workflow id, writes them in one transaction, and only then tells anybody. Tasks whose poller waits already are started in
    /// the same transaction.
    /// </summary>
    /// <param name="transitions">In the order they were made; a later one may replace the current run of an earlier one.</param>
    /// <param name="documents">Documents to write with them.</param>
    /// <exception cref="StoreUnavailableException">It is not known whether they were written; the runs are forgotten and will be loaded again.</exception>
    public async Task<IReadOnlyList<TransitionResult>> CommitAsync(IReadOnlyList<Transition> transitions, IReadOnlyList<DocumentWrite>? documents = null)
    {
        var matches = new List<SyncMatch>();
        List<TransitionResult> results = [];
        try
        {
            foreach (var transition in transitions)
                publisher.MatchWaitingPollers(transition, matches);
            foreach (var transition in transitions)
                results.Add(transition.Finish());
            var all = results.SelectMany(r => r.NewRuns.Prepend(r)).ToList();
            var transaction = new StoreTransaction { Runs = Writes(all), Documents = documents ?? [] };
            // Never the caller's token: a caller who goes away must not leave behind a write of which nobody knows.
            if (transaction.Runs.Count > 0 || transaction.Documents.Count > 0)
                await services.Store.CommitAsync(transaction, CancellationToken.None);
            Publish(all, transaction.Runs, matches);
            return results;
        }
        catch (Exception e)
        {
            Spoil(transitions, matches, e);
            throw;
        }
    }

    /// <summary>Ends one transition; see <see cref="CommitAsync(IReadOnlyList{Transition}, IReadOnlyList{DocumentWrite})"/>.</summary>
    public async Task<TransitionResult> CommitAsync(Transition transition) => (await CommitAsync([transition]))[0];

    /// <summary>Deletes a run with its history.</summary>
    public async Task DeleteAsync(RunKey run)
    {
        try
        {
            await services.Store.CommitAsync(new StoreTransaction { Deletes = [run] }, CancellationToken.None);
        }
        finally
        {
            slot.Forget();
        }

        publisher.Deleted(run);
    }

    /// <summary>What to write. A run that closes and the one that follows it both move the pointer: only the last move is written, from where the first began.</summary>
    private static List<RunWrite> Writes(List<TransitionResult> results)
    {
        var writes = results.Select(r => r.Write).OfType<RunWrite>().ToList();
        var moves = writes.Where(w => w.Current is not null).ToList();
        if (moves.Count < 2)
            return writes;
        var expected = moves[0].Current!.ExpectedRunId;
        return writes.ConvertAll(w => w.Current is null ? w : w == moves[^1] ? w with { Current = w.Current with { ExpectedRunId = expected } } : w with { Current = null });
    }

    private void Publish(List<TransitionResult> results, IReadOnlyList<RunWrite> writes, List<SyncMatch> matches)
    {
        foreach (var result in results)
        {
            if (!slot.Runs.TryGetValue(result.Run.RunId, out var loaded))
                slot.Runs.Add(result.Run.RunId, loaded = new LoadedRun(result.State, new HistoryTail()));
            if (result.Write is { } write)
            {
                result.State.Committed();
                loaded.Tail.Append(result.Events, write.Append.Sum(b => b.Events.Length));
            }
        }

        foreach (var write in writes)
        {
            if (write.Current is { } change)
                slot.KnowCurrent(change.Now);
        }

        foreach (var match in matches)
            publisher.Deliver(match, slot.Runs[match.Run.RunId].Tail);
        foreach (var result in results)
            publisher.Publish(result);
    }

    private void Spoil(IReadOnlyList<Transition> transitions, List<SyncMatch> matches, Exception reason)
    {
        foreach (var match in matches)
            services.Matcher.Return(match.Poller);
        slot.Forget();
        foreach (var transition in transitions)
            publisher.Spoiled(transition.State.Run, reason);
    }
}
