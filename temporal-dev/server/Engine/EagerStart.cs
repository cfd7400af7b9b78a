using Temporalio.Api.WorkflowService.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Engine;

/// <summary>Eager workflow start: the first workflow task goes to the caller, who is the worker, with the answer to the start.</summary>
internal sealed class EagerStart(Publisher publisher, StartWorkflowExecutionRequest request)
{
    private StartedWorkflowTask? started;

    /// <summary>Starts the task within the transition; false if it cannot be.</summary>
    public bool TryTake(Transition transition, WorkflowTaskToOffer task)
    {
        started = transition.StartWorkflowTask(task, new PollerFacts(request.Identity, request.TaskQueue.Name, IsSticky: false, request.EagerWorkerDeploymentOptions));
        return started is not null;
    }

    /// <summary>What to answer after the commit, or null.</summary>
    public ReadyWorkflowTask? Ready(LoadedRun run) => started is null ? null : publisher.Ready(run.State.Run, started, run.Tail);
}
