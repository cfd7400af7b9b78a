using Temporalio.Worker.WorkflowTasks;

namespace Temporalio.Worker.WorkflowHistory;

/// <summary>
/// The local activities of a run that have been asked for and have not ended.
/// </summary>
internal sealed class LocalActivityQueue
{
    private readonly List<LocalActivityRequest> requested = [];
    private readonly HashSet<uint> running = [];
    private readonly List<uint> cancellations = [];
    private bool ended;

    /// <summary>Gets the number of local activities that a workflow task has to wait for.</summary>
    internal int Outstanding => ended ? 0 : requested.Count + running.Count;

    /// <summary>Asks for a local activity to be run.</summary>
    /// <param name="request">What to run.</param>
    internal void Enqueue(LocalActivityRequest request) => requested.Add(request);

    /// <summary>Takes back a local activity that is not running yet.</summary>
    /// <param name="sequence">Its number.</param>
    /// <returns>False if it runs already.</returns>
    internal bool Withdraw(uint sequence) => requested.RemoveAll(r => r.Sequence == sequence) > 0;

    /// <summary>Asks for a running local activity to be cancelled.</summary>
    /// <param name="sequence">Its number.</param>
    internal void RequestCancel(uint sequence) => cancellations.Add(sequence);

    /// <summary>Stops waiting for a local activity.</summary>
    /// <param name="sequence">Its number.</param>
    internal void Forget(uint sequence) => running.Remove(sequence);

    /// <summary>The run has ended; nothing more is waited for.</summary>
    internal void End() => ended = true;

    /// <summary>Takes what is to be run and cancelled now.</summary>
    /// <returns>Activities to run, and numbers of those to cancel.</returns>
    internal (IReadOnlyList<LocalActivityRequest> Run, IReadOnlyList<uint> Cancel) Take()
    {
        if (ended)
        {
            return ([], [.. running]);
        }
        var taken = (requested.ToArray(), cancellations.ToArray());
        running.UnionWith(requested.Select(r => r.Sequence));
        requested.Clear();
        cancellations.Clear();
        return taken;
    }
}
