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
