using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;

namespace Temporalio.DevServer.Matching;

/// <summary>Who polls, as far as others may see it.</summary>
/// <param name="Identity">As the worker calls itself.</param>
/// <param name="TasksPerSecond">What the worker lets the whole queue hand out, or null for no limit.</param>
/// <param name="InstanceKey">The worker process, or empty: it takes its polls back by it when it shuts down.</param>
/// <param name="Capabilities">Worker versioning, as sent; shown only.</param>
/// <param name="Deployment">Worker deployment, as sent; shown only.</param>
internal sealed record WorkerFacts(
    string Identity,
    double? TasksPerSecond = null,
    string InstanceKey = "",
    WorkerVersionCapabilities? Capabilities = null,
    WorkerDeploymentOptions? Deployment = null);
