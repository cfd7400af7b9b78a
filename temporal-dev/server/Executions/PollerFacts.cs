using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.DevServer.Executions;

/// <summary>Who takes a task.</summary>
/// <param name="Identity">The worker's name for itself.</param>
/// <param name="TaskQueue">The queue polled.</param>
/// <param name="IsSticky">Whether that queue is the worker's own.</param>
/// <param name="Deployment">The worker's version, or null.</param>
/// <param name="Version">The worker's build as events record it, or null.</param>
internal sealed record PollerFacts(string Identity, string TaskQueue, bool IsSticky, WorkerDeploymentOptions? Deployment = null, WorkerVersionStamp? Version = null)
{
    /// <summary>The worker that answers a workflow task and takes the next one, or eager activities, with the answer.</summary>
    public static PollerFacts Of(RespondWorkflowTaskCompletedRequest request) =>
        new(request.Identity, request.StickyAttributes?.WorkerTaskQueue?.Name ?? "", IsSticky: true, request.DeploymentOptions, request.WorkerVersionStamp);
}
