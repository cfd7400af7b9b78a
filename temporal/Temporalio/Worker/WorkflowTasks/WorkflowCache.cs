namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// The runs that a worker keeps between their tasks; the least recently used goes first.
/// </summary>
/// <param name="capacity">Number of runs to keep.</param>
internal sealed class WorkflowCache(int capacity) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<WorkflowRun>> byRunId = [];
    private readonly LinkedList<WorkflowRun> byUse = new();

    /// <summary>Gets the number of runs kept.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
            {
                return byRunId.Count;
            }
        }
    }

    /// <summary>Finds a run and marks it as used.</summary>
    /// <param name="runId">Run id.</param>
    /// <returns>The run, null if it is not kept.</returns>
    internal WorkflowRun? Find(string runId)
    {
        lock (gate)
        {
            if (!byRunId.TryGetValue(runId, out var node))
            {
                return null;
            }
            byUse.Remove(node);
            byUse.AddLast(node);
            return node.Value;
        }
    }

    /// <summary>Keeps a run, in place of another with the same id.</summary>
    /// <param name="run">Run.</param>
    internal void Put(WorkflowRun run)
    {
        if (capacity == 0)
        {
            return;
        }
        var evicted = new List<WorkflowRun>();
        lock (gate)
        {
            if (byRunId.Remove(run.RunId, out var replaced))
            {
                byUse.Remove(replaced);
                evicted.Add(replaced.Value);
            }
            byRunId[run.RunId] = byUse.AddLast(run);
            while (byRunId.Count > capacity)
            {
                var oldest = byUse.First!.Value;
                byUse.RemoveFirst();
                byRunId.Remove(oldest.RunId);
                evicted.Add(oldest);
            }
        }
        Release(evicted);
    }

    /// <summary>Drops a run.</summary>
    /// <param name="run">Run; another with the same id stays.</param>
    internal void Remove(WorkflowRun run)
    {
        lock (gate)
        {
            if (byRunId.TryGetValue(run.RunId, out var node) && node.Value == run)
            {
                byRunId.Remove(run.RunId);
                byUse.Remove(node);
            }
        }
        run.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        List<WorkflowRun> all;
        lock (gate)
        {
            all = [.. byUse];
            byUse.Clear();
            byRunId.Clear();
        }
        Release(all);
    }

    private static void Release(List<WorkflowRun> runs) => runs.ForEach(run => run.Release());
}
