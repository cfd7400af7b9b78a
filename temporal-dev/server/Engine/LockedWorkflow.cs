using Temporalio.DevServer.Executions;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>
/// A workflow id whose lock is held: read its runs, change them, commit. Dispose it to give the lock back. What is loaded says again what waits (tasks,
/// effects, due time), so that nothing depends on what this process remembers.
/// </summary>
internal sealed partial class LockedWorkflow : IDisposable
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
}
