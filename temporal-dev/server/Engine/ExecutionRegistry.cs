namespace Temporalio.DevServer.Engine;

/// <summary>
/// The workflow ids that are in memory and their locks. What nobody uses is dropped, the longest unused first, when all together are larger than the budget:
/// everything can be rebuilt from the store.
/// </summary>
/// <param name="budgetBytes">How much the unused ones may occupy, roughly.</param>
internal sealed class ExecutionRegistry(long budgetBytes)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string NamespaceId, string WorkflowId), WorkflowSlot> slots = [];
    private readonly LinkedList<WorkflowSlot> idle = new();
    private long bytes;

    /// <summary>Workflow ids in memory.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return slots.Count;
        }
    }

    /// <summary>What they occupy, roughly.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
                return bytes;
        }
    }

    /// <summary>Waits for the lock of a workflow id. Whoever gets it calls <see cref="Release"/>.</summary>
    public async ValueTask<WorkflowSlot> LockAsync(string namespaceId, string workflowId, CancellationToken cancellationToken)
    {
        WorkflowSlot? slot;
        lock (gate)
        {
            if (!slots.TryGetValue((namespaceId, workflowId), out slot))
                slots.Add((namespaceId, workflowId), slot = new WorkflowSlot(namespaceId, workflowId));
            slot.Users++;
            if (slot.Idle is { } node)
                idle.Remove(node);
            slot.Idle = null;
        }

        try
        {
            await slot.Gate.WaitAsync(cancellationToken);
            return slot;
        }
        catch (OperationCanceledException)
        {
            LetGo(slot);
            throw;
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Release(WorkflowSlot slot)
    {
        var now = slot.Runs.Count == 0 ? 0 : slot.Runs.Values.Sum(r => r.Bytes);
        lock (gate)
        {
            bytes += now - slot.Bytes;
            slot.Bytes = now;
        }

        slot.Gate.Release();
        LetGo(slot);
    }

    private void LetGo(WorkflowSlot slot)
    {
        lock (gate)
        {
            if (--slot.Users > 0)
                return;
            if (slot.Runs.Count == 0)
                Drop(slot);
            else
                slot.Idle = idle.AddLast(slot);
            EvictOverBudget();
        }
    }

    private void EvictOverBudget()
    {
        for (var node = idle.First; node is not null && bytes > budgetBytes;)
        {
            var next = node.Next;
            // What is only in memory (an update that no worker has accepted yet) would be lost.
            if (node.Value.Runs.Values.All(r => r.State.IsEvictable))
            {
                idle.Remove(node);
                Drop(node.Value);
            }

            node = next;
        }
    }

    private void Drop(WorkflowSlot slot)
    {
        bytes -= slot.Bytes;
        slots.Remove((slot.NamespaceId, slot.WorkflowId));
    }
}

/// <summary>
/// One workflow id: its lock, its current run and those of its runs that are in memory. One lock for all runs of an id makes policies, continue-as-new and
/// reset one decision each. No two slots are ever locked by one caller at once.
/// </summary>
internal sealed class WorkflowSlot(string namespaceId, string workflowId)
{
    public string NamespaceId { get; } = namespaceId;

    public string WorkflowId { get; } = workflowId;

    /// <summary>Held by whoever reads or changes the rest, over the commit.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Runs in memory by run id.</summary>
    public Dictionary<string, LoadedRun> Runs { get; } = new(StringComparer.Ordinal);

    /// <summary>The current run; only meaningful once <see cref="IsCurrentKnown"/>.</summary>
    public CurrentRun? Current { get; private set; }

    /// <summary>Whether <see cref="Current"/> is what the store says.</summary>
    public bool IsCurrentKnown { get; private set; }

    /// <summary>Callers that hold the lock or wait for it. Under the registry's lock.</summary>
    public int Users { get; set; }

    /// <summary>What its runs occupied when it was last let go. Under the registry's lock.</summary>
    public long Bytes { get; set; }

    /// <summary>Where it stands among the unused ones. Under the registry's lock.</summary>
    public LinkedListNode<WorkflowSlot>? Idle { get; set; }

    public void KnowCurrent(CurrentRun? current) => (Current, IsCurrentKnown) = (current, true);

    /// <summary>Forgets everything that can be read from the store again.</summary>
    public void Forget()
    {
        Runs.Clear();
        (Current, IsCurrentKnown) = (null, false);
    }
}

/// <summary>A run in memory. Touched under its workflow id's lock only.</summary>
internal sealed class LoadedRun(ExecutionState state, HistoryTail tail)
{
    /// <summary>The run.</summary>
    public ExecutionState State { get; } = state;

    /// <summary>Its latest events.</summary>
    public HistoryTail Tail { get; } = tail;

    /// <summary>Roughly what it occupies in memory.</summary>
    public long Bytes => State.ApproximateBytes + Tail.Bytes;
}
