using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

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
