using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>A worker that runs as long as the application does.</summary>
public class TemporalWorkerService : BackgroundService
{
    private readonly TemporalClientConnectOptions? newClientOptions;
    private readonly ITemporalClient? existingClient;
    private readonly TemporalWorkerOptions workerOptions;
    private readonly TemporalWorkerClientUpdater? clientUpdater;

    /// <summary>
    /// Initializes a new instance of the <see cref="TemporalWorkerService"/> class that connects a client of its own.
    /// </summary>
    /// <param name="options">Options of worker and client.</param>
    /// <exception cref="ArgumentException">There are no client options.</exception>
    public TemporalWorkerService(TemporalWorkerServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        newClientOptions = options.ClientOptions ??
            throw new ArgumentException("Client options is required", nameof(options));
        workerOptions = options;
        clientUpdater = options.WorkerClientUpdater;
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TemporalWorkerService"/> class that connects a client of its own.
    /// </summary>
    /// <param name="clientOptions">Options of the client.</param>
    /// <param name="workerOptions">Options of the worker.</param>
    public TemporalWorkerService(TemporalClientConnectOptions clientOptions, TemporalWorkerOptions workerOptions)
    {
        newClientOptions = clientOptions;
        this.workerOptions = workerOptions;
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TemporalWorkerService"/> class that uses a client. A lazy one is
    /// connected when the worker starts.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="workerOptions">Options of the worker.</param>
    public TemporalWorkerService(ITemporalClient client, TemporalWorkerOptions workerOptions)
    {
        existingClient = client;
        this.workerOptions = workerOptions;
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TemporalWorkerService"/> class. For dependency injection only.
    /// </summary>
    /// <param name="serviceId">Which worker.</param>
    /// <param name="optionsMonitor">Where its options are.</param>
    /// <param name="existingClient">Client to use unless the options name one.</param>
    /// <param name="loggerFactory">Logger factory to use where neither client nor worker has one.</param>
    /// <exception cref="InvalidOperationException">There is no client, or the options name another worker.</exception>
    [ActivatorUtilitiesConstructor]
    public TemporalWorkerService(
        TemporalWorkerServiceIdentifier serviceId,
        IOptionsMonitor<TemporalWorkerServiceOptions> optionsMonitor,
        ITemporalClient? existingClient = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(serviceId);
        ArgumentNullException.ThrowIfNull(optionsMonitor);
        var name = TemporalWorkerServiceOptions.GetUniqueOptionsName(serviceId.TaskQueue, serviceId.Version);
        var options = (TemporalWorkerServiceOptions)optionsMonitor.Get(name).Clone();
        AssertSame(serviceId, options);
        newClientOptions = options.ClientOptions;
        if (newClientOptions == null)
        {
            this.existingClient = existingClient ?? throw new InvalidOperationException(
                "Cannot start worker service with no client and no client connect options");
        }
        if (options.LoggerFactory == null && loggerFactory != null && HasNoLogger(newClientOptions?.LoggerFactory ?? existingClient?.Options.LoggerFactory))
        {
            options.LoggerFactory = loggerFactory;
        }
        workerOptions = options;
        clientUpdater = options.WorkerClientUpdater;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var client = existingClient ?? TemporalClient.CreateLazy(newClientOptions!);
        await client.Connection.ConnectAsync().WaitAsync(stoppingToken).ConfigureAwait(false);
        using var worker = new TemporalWorker(client, workerOptions);
        using var subscriber = clientUpdater == null
            ? null
            : new TemporalWorkerClientUpdateSubscriber(clientUpdater, worker);
        await worker.ExecuteAsync(stoppingToken).ConfigureAwait(false);
    }

    private static bool HasNoLogger(ILoggerFactory? factory) => factory is null or NullLoggerFactory;

    private static void AssertSame(TemporalWorkerServiceIdentifier serviceId, TemporalWorkerServiceOptions options)
    {
        if (options.TaskQueue != serviceId.TaskQueue)
        {
            throw new InvalidOperationException(
                $"Task queue '{serviceId.TaskQueue}' on constructor different than '{options.TaskQueue}' on options");
        }
#pragma warning disable CS0618 // The obsolete way is still a way.
        var version = serviceId.VersionIsBuildId ? options.BuildId : options.DeploymentOptions?.Version?.ToCanonicalString();
#pragma warning restore CS0618
        if (version != serviceId.Version)
        {
            throw new InvalidOperationException(
                $"Version '{serviceId.Version}' on constructor different than '{version}' on options");
        }
    }
}
