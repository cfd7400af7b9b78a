using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

public partial interface ITemporalClient
{
    /// <summary>Changes which builds of a task queue's workers are compatible.</summary>
    /// <param name="taskQueue">Task queue.</param>
    /// <param name="buildIdOp">The change.</param>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>Task that ends when it is changed.</returns>
    Task UpdateWorkerBuildIdCompatibilityAsync(string taskQueue, BuildIdOp buildIdOp, RpcOptions? rpcOptions = null);

    /// <summary>Reads the version sets of a task queue.</summary>
    /// <param name="taskQueue">Task queue.</param>
    /// <param name="maxSets">How many sets to return at most; 0 means all.</param>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>The sets, or null if the queue has none.</returns>
    Task<WorkerBuildIdVersionSets?> GetWorkerBuildIdCompatibilityAsync(
        string taskQueue, int maxSets = 0, RpcOptions? rpcOptions = null);

    /// <summary>Asks which workflows some builds can still be needed for.</summary>
    /// <param name="buildIds">Builds, at least one.</param>
    /// <param name="taskQueues">Task queues to look at; empty for all.</param>
    /// <param name="reachability">Kind of need to look for.</param>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>The answer.</returns>
    Task<WorkerTaskReachability> GetWorkerTaskReachabilityAsync(
        IReadOnlyCollection<string> buildIds,
        IReadOnlyCollection<string> taskQueues,
        TaskReachability? reachability = null,
        RpcOptions? rpcOptions = null);
}
