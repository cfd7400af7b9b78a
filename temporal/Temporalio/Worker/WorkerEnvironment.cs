using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Runtime;
using Temporalio.Worker.Interceptors;
using DeploymentProto = Temporalio.Api.Deployment.V1.WorkerDeploymentOptions;

namespace Temporalio.Worker;

/// <summary>What all parts of one worker share.</summary>
internal sealed class WorkerEnvironment
{
    private readonly Lazy<WorkerMetrics> metrics;
    private volatile IWorkerClient client;

    /// <summary>Initializes a new instance of the <see cref="WorkerEnvironment"/> class.</summary>
    /// <param name="client">Client at the start; may be replaced.</param>
    /// <param name="options">The worker's own copy of its options.</param>
    internal WorkerEnvironment(IWorkerClient client, TemporalWorkerOptions options)
    {
        this.client = client;
        Options = options;
        Namespace = client.Options.Namespace;
        TaskQueue = options.TaskQueue ?? throw new ArgumentException("Task queue is required");
        Identity = options.Identity ?? client.Connection.Options.Identity ?? DefaultIdentity();
        LoggerFactory = options.LoggerFactory ?? client.Options.LoggerFactory;
        Interceptors = [
            .. client.Options.Interceptors?.OfType<IWorkerInterceptor>() ?? [],
            .. options.Interceptors ?? []];
        if (options.MaxEagerActivityReservationsPerWorkflowTask < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                "MaxEagerActivityReservationsPerWorkflowTask must be positive, set DisableEagerActivityExecution to true to disable eager activity execution");
        }
        Deployment = DeploymentOf(options);
        BuildId = BuildIdOf(options);
        MetricMeter = new(() => (client.Connection.Options.Runtime ?? TemporalRuntime.Default).MetricMeter);
        metrics = new(() => new((client.Connection.Options.Runtime ?? TemporalRuntime.Default).Metrics, Namespace, TaskQueue));
    }

    /// <summary>Gets or sets the client. Calls that begin after a change use the new one.</summary>
    internal IWorkerClient Client
    {
        get => client;
        set => client = value;
    }

    /// <summary>Gets the runtime of the current client.</summary>
    internal TemporalRuntime Runtime => client.Connection.Options.Runtime ?? TemporalRuntime.Default;

    /// <summary>Gets or sets what stands between polls and what they bring. Only tests set it, before the worker runs.</summary>
    internal Bridge.Worker BridgeWorker { get; set; } = new();

    /// <summary>Gets the raw service of the current client.</summary>
    internal WorkflowService Service => client.Connection.WorkflowService;

    /// <summary>Gets the data converter of the current client.</summary>
    internal DataConverter DataConverter => client.Options.DataConverter;

    /// <summary>Gets the options.</summary>
    internal TemporalWorkerOptions Options { get; }

    /// <summary>Gets the namespace.</summary>
    internal string Namespace { get; }

    /// <summary>Gets the task queue.</summary>
    internal string TaskQueue { get; }

    /// <summary>Gets what the server records as the doer.</summary>
    internal string Identity { get; }

    /// <summary>Gets a key that no other worker has, by which the server ends this worker's polls at shutdown.</summary>
    internal string InstanceKey { get; } = Guid.NewGuid().ToString();

    /// <summary>Gets the logger factory.</summary>
    internal ILoggerFactory LoggerFactory { get; }

    /// <summary>Gets the interceptors: the client's, then the worker's.</summary>
    internal IReadOnlyList<IWorkerInterceptor> Interceptors { get; }

    /// <summary>Gets the meter that everything of this worker counts on.</summary>
    internal Lazy<MetricMeter> MetricMeter { get; }

    /// <summary>Gets what this worker counts of itself.</summary>
    internal WorkerMetrics Metrics => metrics.Value;

    /// <summary>Gets the deployment of this worker as polls and answers state it, null without one.</summary>
    internal DeploymentProto? Deployment { get; }

    /// <summary>Gets the deployment version of this worker, null without one; its name is empty if there is a build id only.</summary>
    internal WorkerDeploymentVersion? DeploymentVersion =>
        Options.DeploymentOptions?.Version ?? (BuildId.Length > 0 ? new(string.Empty, BuildId) : null);

    /// <summary>Gets the build id of this worker, empty without one.</summary>
    internal string BuildId { get; }

    private static string DefaultIdentity() => $"{Environment.ProcessId}@{Environment.MachineName}";

    private static DeploymentProto? DeploymentOf(TemporalWorkerOptions options)
    {
        if (options.DeploymentOptions is not { } deployment)
        {
            return null;
        }
        var version = deployment.Version ?? throw new ArgumentException("DeploymentOptions.Version is required");
        return new()
        {
            DeploymentName = version.DeploymentName,
            BuildId = version.BuildId,
            WorkerVersioningMode = deployment.UseWorkerVersioning
                ? WorkerVersioningMode.Versioned
                : WorkerVersioningMode.Unversioned,
        };
    }

    private static string BuildIdOf(TemporalWorkerOptions options)
    {
#pragma warning disable CS0618 // The obsolete way still has to be refused where it contradicts the new one.
        if (options.DeploymentOptions != null && (options.BuildId != null || options.UseWorkerVersioning))
        {
            throw new ArgumentException("BuildId and UseWorkerVersioning cannot be set together with DeploymentOptions");
        }
        if (options.UseWorkerVersioning && options.BuildId == null)
        {
            throw new ArgumentException("BuildId must be set if UseWorkerVersioning is");
        }
        return options.DeploymentOptions?.Version?.BuildId ?? options.BuildId ?? string.Empty;
#pragma warning restore CS0618
    }
}
