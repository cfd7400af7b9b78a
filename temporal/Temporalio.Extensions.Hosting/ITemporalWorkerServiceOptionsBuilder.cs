using Microsoft.Extensions.DependencyInjection;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Configures one hosted worker. Its methods are extensions in this namespace.</summary>
public interface ITemporalWorkerServiceOptionsBuilder
{
    /// <summary>Gets the task queue of the worker.</summary>
    string TaskQueue { get; }

    /// <summary>Gets the build id of the worker. Exclusive with <see cref="DeploymentOptions" />.</summary>
    string? BuildId { get; }

    /// <summary>Gets the deployment of the worker. Exclusive with <see cref="BuildId" />.</summary>
    WorkerDeploymentOptions? DeploymentOptions { get; }

    /// <summary>Gets the services that the worker is one of.</summary>
    IServiceCollection Services { get; }
}
