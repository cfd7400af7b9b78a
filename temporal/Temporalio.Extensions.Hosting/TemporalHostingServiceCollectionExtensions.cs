using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds clients and workers to the services of an application.</summary>
public static class TemporalHostingServiceCollectionExtensions
{
    /// <summary>Adds a hosted worker with a client of its own.</summary>
    /// <param name="services">Services.</param>
    /// <param name="clientTargetHost">Host and port of the server.</param>
    /// <param name="clientNamespace">Namespace.</param>
    /// <param name="taskQueue">Task queue.</param>
    /// <param name="deploymentOptions">Deployment, if versioned. It is part of what tells workers apart, so it must be given
    /// here.</param>
    /// <returns>Builder of the worker's options.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddHostedTemporalWorker(
        this IServiceCollection services,
        string clientTargetHost,
        string clientNamespace,
        string taskQueue,
        WorkerDeploymentOptions? deploymentOptions = null) =>
        services.AddHostedTemporalWorker(taskQueue, deploymentOptions).WithClient(clientTargetHost, clientNamespace);

    /// <summary>Adds a hosted worker with a client of its own, versioned by build id.</summary>
    /// <param name="services">Services.</param>
    /// <param name="clientTargetHost">Host and port of the server.</param>
    /// <param name="clientNamespace">Namespace.</param>
    /// <param name="taskQueue">Task queue.</param>
    /// <param name="buildId">Build id, null for an unversioned worker.</param>
    /// <returns>Builder of the worker's options.</returns>
    [Obsolete("Use the overload with WorkerDeploymentOptions instead")]
    public static ITemporalWorkerServiceOptionsBuilder AddHostedTemporalWorker(
        this IServiceCollection services,
        string clientTargetHost,
        string clientNamespace,
        string taskQueue,
        string? buildId) =>
        services.AddHostedTemporalWorker(taskQueue, buildId).WithClient(clientTargetHost, clientNamespace);

    /// <summary>
    /// Adds a hosted worker that uses the <see cref="ITemporalClient" /> among the services, unless its options name a
    /// client.
    /// </summary>
    /// <param name="services">Services.</param>
    /// <param name="taskQueue">Task queue.</param>
    /// <param name="deploymentOptions">Deployment, if versioned. It is part of what tells workers apart, so it must be given
    /// here.</param>
    /// <returns>Builder of the worker's options.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddHostedTemporalWorker(
        this IServiceCollection services, string taskQueue, WorkerDeploymentOptions? deploymentOptions = null)
    {
        var version = deploymentOptions?.Version?.ToCanonicalString();
        services.AddWorkerService(new(taskQueue, version, VersionIsBuildId: false));
        return new TemporalWorkerServiceOptionsBuilder(taskQueue, deploymentOptions, services).ConfigureOptions(
            options =>
            {
                options.TaskQueue = taskQueue;
                options.DeploymentOptions = deploymentOptions;
            },
            disallowDuplicates: true);
    }

    /// <summary>
    /// Adds a hosted worker, versioned by build id, that uses the <see cref="ITemporalClient" /> among the services, unless
    /// its options name a client.
    /// </summary>
    /// <param name="services">Services.</param>
    /// <param name="taskQueue">Task queue.</param>
    /// <param name="buildId">Build id, null for an unversioned worker.</param>
    /// <returns>Builder of the worker's options.</returns>
    [Obsolete("Use the overload with WorkerDeploymentOptions instead")]
    public static ITemporalWorkerServiceOptionsBuilder AddHostedTemporalWorker(
        this IServiceCollection services, string taskQueue, string? buildId)
    {
        services.AddWorkerService(new(taskQueue, buildId, VersionIsBuildId: true));
        return new TemporalWorkerServiceOptionsBuilder(taskQueue, buildId, services).ConfigureOptions(
            options =>
            {
                options.TaskQueue = taskQueue;
                options.BuildId = buildId;
                options.UseWorkerVersioning = buildId != null;
            },
            disallowDuplicates: true);
    }

    /// <summary>
    /// Adds an <see cref="ITemporalClient" />, if there is none yet, that connects when first used. Hosted workers can use
    /// it; a <see cref="TemporalWorker" /> made by hand needs it connected first. It logs through the logger factory among
    /// the services.
    /// </summary>
    /// <param name="services">Services.</param>
    /// <param name="clientTargetHost">Host and port of the server.</param>
    /// <param name="clientNamespace">Namespace.</param>
    /// <returns>Builder of the client's options.</returns>
    public static OptionsBuilder<TemporalClientConnectOptions> AddTemporalClient(
        this IServiceCollection services, string? clientTargetHost = null, string? clientNamespace = null)
    {
        services.TryAddSingleton<ITemporalClient>(provider =>
            TemporalClient.CreateLazy(provider.GetRequiredService<IOptions<TemporalClientConnectOptions>>().Value));
        return services.AddOptions<TemporalClientConnectOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            options.TargetHost = clientTargetHost ?? options.TargetHost;
            options.Namespace = clientNamespace ?? options.Namespace;
            options.LoggerFactory = provider.GetService<ILoggerFactory>() ?? options.LoggerFactory;
        });
    }

    /// <summary>
    /// Adds an <see cref="ITemporalClient" />, if there is none yet, that connects when first used. See
    /// <see cref="AddTemporalClient(IServiceCollection, string?, string?)" />.
    /// </summary>
    /// <param name="services">Services.</param>
    /// <param name="configureClient">Sets the client's options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTemporalClient(
        this IServiceCollection services, Action<TemporalClientConnectOptions> configureClient)
    {
        services.AddTemporalClient().Configure(configureClient);
        return services;
    }

    // AddHostedService takes each type once only, and there may be several workers.
    private static void AddWorkerService(this IServiceCollection services, TemporalWorkerServiceIdentifier id) =>
        services.AddSingleton<IHostedService>(
            provider => ActivatorUtilities.CreateInstance<TemporalWorkerService>(provider, id));

    private static ITemporalWorkerServiceOptionsBuilder WithClient(
        this ITemporalWorkerServiceOptionsBuilder builder, string targetHost, string clientNamespace) =>
        builder.ConfigureOptions(options => options.ClientOptions = new(targetHost) { Namespace = clientNamespace });
}
