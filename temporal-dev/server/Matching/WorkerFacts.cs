using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;
using Temporalio.DevServer.Executions;

namespace Temporalio.DevServer.Matching;

/// <summary>Who polls, as far as others may see it.</summary>
/// <param name="Identity">As the worker calls itself.</param>
/// <param name="TasksPerSecond">What the worker lets the whole queue hand out, or null for no limit.</param>
/// <param name="InstanceKey">The worker process, or empty: it takes its polls back by it when it shuts down.</param>
/// <param name="Capabilities">The worker's build, as sent.</param>
/// <param name="Deployment">Worker deployment, as sent; shown only.</param>
internal sealed record WorkerFacts(
    string Identity,
    double? TasksPerSecond = null,
    string InstanceKey = "",
    WorkerVersionCapabilities? Capabilities = null,
    WorkerDeploymentOptions? Deployment = null)
{
    /// <summary>The same as a run records it. A worker that names no build leaves no stamp.</summary>
    /// <param name="queue">The queue polled.</param>
    /// <param name="isSticky">Whether that queue is the worker's own.</param>
    public PollerFacts Polling(string queue, bool isSticky)
    {
        var stamp = Capabilities is { BuildId.Length: > 0 } build ? new WorkerVersionStamp { BuildId = build.BuildId, UseVersioning = build.UseVersioning } : null;
        return new PollerFacts(Identity, queue, isSticky, Deployment, stamp);
    }
}
