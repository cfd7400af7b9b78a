namespace Temporalio.Client;

/// <summary>The workers of one connection that take first workflow tasks with the answers to starts on the same connection.</summary>
internal sealed class EagerWorkflowWorkers
{
    private readonly Lock gate = new();
    private readonly List<(string Namespace, string TaskQueue, Func<EagerWorkflowReservation?> TryReserve)> workers = [];

    /// <summary>Adds a worker.</summary>
    /// <param name="workerNamespace">Its namespace.</param>
    /// <param name="taskQueue">Its task queue.</param>
    /// <param name="tryReserve">Takes one of its slots, null if none is free.</param>
    /// <returns>Removes it again.</returns>
    internal Action Add(string workerNamespace, string taskQueue, Func<EagerWorkflowReservation?> tryReserve)
    {
        var entry = (workerNamespace, taskQueue, tryReserve);
        lock (gate)
        {
            workers.Add(entry);
        }
        return () =>
        {
            lock (gate)
            {
                workers.Remove(entry);
            }
        };
    }

    /// <summary>Takes a slot of some worker.</summary>
    /// <param name="workerNamespace">Namespace of the workflow.</param>
    /// <param name="taskQueue">Its task queue.</param>
    /// <returns>The slot, null if there is none.</returns>
    internal EagerWorkflowReservation? TryReserve(string workerNamespace, string taskQueue)
    {
        (string Namespace, string TaskQueue, Func<EagerWorkflowReservation?> TryReserve)[] known;
        lock (gate)
        {
            known = [.. workers];
        }
        return known.Where(worker => worker.Namespace == workerNamespace && worker.TaskQueue == taskQueue)
            .Select(worker => worker.TryReserve()).FirstOrDefault(reserved => reserved != null);
    }
}
