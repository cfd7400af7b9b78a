using Temporalio.Api.Deployment.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Client;

/// <summary>A worker's slot for the first task of a workflow that is about to be started. One of its two ways has to be gone, once.</summary>
/// <param name="Deployment">Deployment of the worker, null without one.</param>
/// <param name="Start">Works off the task that came with the answer.</param>
/// <param name="Release">Gives the slot back: no task came.</param>
internal sealed record EagerWorkflowReservation(
    WorkerDeploymentOptions? Deployment, Action<PollWorkflowTaskQueueResponse> Start, Action Release);
