using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Worker.WorkflowTasks;

/// <summary>
/// Takes activity tasks that the server hands out with the completion of a workflow task. Implemented by the activity
/// side of the worker.
/// </summary>
internal interface IEagerActivityDispatcher
{
    /// <summary>Reserves free activity slots.</summary>
    /// <param name="wanted">Number of activities that could run here.</param>
    /// <returns>Number of slots reserved, 0 to <paramref name="wanted"/>.</returns>
    int Reserve(int wanted);

    /// <summary>Uses the reserved slots. Called once for each reservation.</summary>
    /// <param name="reserved">Number of slots reserved; those without a task are free again.</param>
    /// <param name="tasks">Tasks to run, at most as many.</param>
    void Dispatch(int reserved, IReadOnlyList<PollActivityTaskQueueResponse> tasks);
}
