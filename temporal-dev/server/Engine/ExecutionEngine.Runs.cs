namespace Temporalio.DevServer.Engine;

// Whole runs: read, reset, delete.
internal sealed partial class ExecutionEngine
{
    /// <summary>As whom the server terminates what is deleted while it runs.</summary>
    private const string DeleteReason = "Delete workflow execution";

    /// <summary>As whom the server terminates the run that a reset replaces.</summary>
    private const string ResetIdentity = "history-resetter";

    /// <summary>Reads a run as it is now.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="workflowId">Its workflow id.</param>
    /// <param name="runId">The run, or empty for the current one.</param>
    /// <param name="read">Must not keep or change the state.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcRefusal">There is no such run.</exception>
    public async Task<T> ReadAsync<T>(NamespaceFacts space, string workflowId, string runId, Func<ExecutionState, T> read, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(space.Id, workflowId, cancellationToken);
        return read((await locked.RequireAsync(runId, cancellationToken)).State);
    }

    /// <summary>Begins a new run with the past of another and makes it the current one; an open current run is terminated.</summary>
    /// <returns>The new run's id; the same for the same request id.</returns>
    public async Task<string> ResetAsync(NamespaceFacts space, ResetWorkflowExecutionRequest request, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(space.Id, request.WorkflowExecution.WorkflowId, cancellationToken);
        var loadedBase = await locked.RequireAsync(request.WorkflowExecution.RunId, cancellationToken);
        var currentId = (await locked.CurrentAsync(cancellationToken))!;
        if (currentId.StartRequestId == request.RequestId)
            return currentId.RunId;
        var current = await locked.RequireAsync(currentId.RunId, cancellationToken);
        var events = await AllEventsAsync(loadedBase.State, cancellationToken);
        var later = await LaterRunsAsync(locked, loadedBase.State, cancellationToken);
        var facts = new ResetFacts(services.Ids.NewUuid(), request, loadedBase.State, events, later, currentId.RunId);
        var reset = Transition.Reset(facts, services.Context(space));
        var transitions = new List<Transition>();
        try
        {
            // Noted first: a run that closes because of a reset leaves its children and its parent to the new one.
            var note = new Transition(loadedBase.State, services.Context(space));
            note.NoteReset(facts.RunId);
            transitions.Add(note);
            if (current.State.IsOpen)
            {
                var terminate = note;
                if (!ReferenceEquals(current, loadedBase))
                    transitions.Add(terminate = new Transition(current.State, services.Context(space)));
                terminate.Terminate(request.Reason, null, ResetIdentity, []);
            }
        }
        catch (Exception e)
        {
            locked.Drop(current.State.Run, e);
            throw;
        }

        transitions.Add(reset);
        await locked.CommitAsync(transitions);
        return facts.RunId;
    }

    /// <summary>Deletes a run; an open one is terminated before.</summary>
    public async Task DeleteAsync(NamespaceFacts space, string workflowId, string runId, CancellationToken cancellationToken)
    {
        RunKey run;
        using (var locked = await LockAsync(space.Id, workflowId, cancellationToken))
        {
            var loaded = await locked.RequireAsync(runId, cancellationToken);
            run = loaded.State.Run;
            if (loaded.State.IsOpen)
                await ChangeAsync(locked, loaded, space, t => t.Terminate(DeleteReason, null, ServerIdentity, []));
        }

        await DeleteClosedAsync(run, cancellationToken);
    }

    /// <summary>Deletes a closed run once everybody has been told of its end. One that is not there is no error.</summary>
    public async Task DeleteClosedAsync(RunKey run, CancellationToken cancellationToken)
    {
        using var watch = services.Changes.Begin(run);
        while (true)
        {
            var change = watch.NextChange();
            using (var locked = await LockAsync(run.NamespaceId, run.WorkflowId, cancellationToken))
            {
                if (await locked.FindAsync(run.RunId, cancellationToken) is not { State.IsLive: true })
                {
                    await locked.DeleteAsync(run);
                    return;
                }
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Deletes a run as it is, open or not, without telling anybody.</summary>
    public async Task PurgeAsync(RunKey run, CancellationToken cancellationToken)
    {
        using var locked = await LockAsync(run.NamespaceId, run.WorkflowId, cancellationToken);
        await locked.DeleteAsync(run);
    }

    private async Task<List<HistoryEvent>> AllEventsAsync(ExecutionState state, CancellationToken cancellationToken)
    {
        var events = new List<HistoryEvent>();
        for (long? next = 1; next is { } from;)
        {
            var page = await services.Store.ReadEventsAsync(state.Run, from, HistoryPageBytes, cancellationToken);
            events.AddRange(page.Batches.SelectMany(b => History.Parser.ParseFrom(b.Events).Events));
            next = page.Continue;
        }

        return events;
    }

    /// <summary>The events of the runs that continued a run: their signals belong to the reset run as well.</summary>
    private async Task<List<IReadOnlyList<HistoryEvent>>> LaterRunsAsync(LockedWorkflow locked, ExecutionState from, CancellationToken cancellationToken)
    {
        var later = new List<IReadOnlyList<HistoryEvent>>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { from.Run.RunId };
        for (var state = from; NextRun(state) is { } next && seen.Add(next);)
        {
            if (await locked.FindAsync(next, cancellationToken) is not { } loaded)
                break;
            state = loaded.State;
            later.Add(await AllEventsAsync(state, cancellationToken));
        }

        return later;
    }

    private static string? NextRun(ExecutionState state) => state.CloseEvent?.WorkflowExecutionContinuedAsNewEventAttributes?.NewExecutionRunId;
}
