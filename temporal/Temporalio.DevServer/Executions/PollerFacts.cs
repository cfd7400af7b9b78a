using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>Who takes a task.</summary>
/// <param name="Identity">The worker's name for itself.</param>
/// <param name="TaskQueue">The queue polled.</param>
/// <param name="IsSticky">Whether that queue is the worker's own.</param>
/// <param name="Deployment">The worker's version, or null.</param>
internal sealed record PollerFacts(string Identity, string TaskQueue, bool IsSticky, WorkerDeploymentOptions? Deployment)
{
    public static PollerFacts Of(PollWorkflowTaskQueueRequest request) =>
        new(request.Identity, request.TaskQueue?.Name ?? "", request.TaskQueue?.Kind == TaskQueueKind.Sticky, request.DeploymentOptions);

    public static PollerFacts Of(PollActivityTaskQueueRequest request) =>
        new(request.Identity, request.TaskQueue?.Name ?? "", IsSticky: false, request.DeploymentOptions);
}
