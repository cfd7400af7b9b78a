using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker;

/// <summary>
/// Runs workflows and activities of one task queue. Made to be run by <c>Microsoft.Extensions.Hosting.BackgroundService</c>,
/// whose <c>ExecuteAsync</c> it has, or on its own.
/// </summary>
public class TemporalWorker : IDisposable
{
    private readonly WorkerEnvironment environment;
    private readonly ITemporalWorkerPlugin[] plugins;
    private WorkerRun? run;
    private int started;

    /// <summary>Initializes a new instance of the <see cref="TemporalWorker"/> class.</summary>
    /// <param name="client">Connected client, usually an <see cref="Temporalio.Client.ITemporalClient" />.</param>
    /// <param name="options">Options, copied: later changes to them have no effect.</param>
    /// <exception cref="ArgumentException">The options lack a task queue or anything to run, or contradict each other.</exception>
    /// <exception cref="InvalidOperationException">The client is a lazy one that has not connected.</exception>
    public TemporalWorker(IWorkerClient client, TemporalWorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        AssertConnected(client);
        Options = (TemporalWorkerOptions)options.Clone();
        plugins = [.. client.Options.Plugins?.OfType<ITemporalWorkerPlugin>() ?? [], .. Options.Plugins ?? []];
        foreach (var plugin in plugins)
        {
            plugin.ConfigureWorker(Options);
        }
        if (Options.Activities.Count == 0 && Options.Workflows.Count == 0 && Options.NexusServices.Count == 0)
        {
            throw new ArgumentException("Must have at least one workflow, activity, or Nexus service", nameof(options));
        }
        environment = new(client, Options);
        run = new(environment);
    }

    /// <summary>Gets the options.</summary>
    public TemporalWorkerOptions Options { get; }

    /// <summary>
    /// Gets or sets the client. Calls that begin after a change use the new one; those under way, long polls too, end on the
    /// old one.
    /// </summary>
    /// <exception cref="InvalidOperationException">The new one is a lazy client that has not connected.</exception>
    public IWorkerClient Client
    {
        get => environment.Client;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            AssertConnected(value);
            environment.Client = value;
        }
    }

    /// <summary>Gets or sets what stands between polls and what they bring. Only tests set it, before the worker runs.</summary>
    internal Bridge.Worker BridgeWorker
    {
        get => environment.BridgeWorker;
        set => environment.BridgeWorker = value;
    }

    /// <summary>Gets the interceptors in the order of their calls.</summary>
    internal IReadOnlyCollection<IWorkerInterceptor> Interceptors => environment.Interceptors;

    /// <summary>Gets the logger factory.</summary>
    internal ILoggerFactory LoggerFactory => environment.LoggerFactory;

    /// <summary>Gets the meter.</summary>
    internal Lazy<MetricMeter> MetricMeter => environment.MetricMeter;

    /// <summary>Runs the worker until it is stopped or fails.</summary>
    /// <remarks>At shutdown it waits for all activities. One that does not obey its cancellation keeps it waiting.</remarks>
    /// <param name="stoppingToken">Stops the worker.</param>
    /// <returns>Task that never succeeds; when it ends, the worker has shut down.</returns>
    /// <exception cref="InvalidOperationException">It was started before, or its namespace does not exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="Exceptions.RpcException">The server refuses it for good.</exception>
    public Task ExecuteAsync(CancellationToken stoppingToken) => ExecuteCoreAsync<ValueTuple>(null, stoppingToken);

    /// <summary>Runs the worker until a task completes, it is stopped or fails.</summary>
    /// <remarks>At shutdown it waits for all activities. One that does not obey its cancellation keeps it waiting.</remarks>
    /// <param name="untilComplete">Begins the task; its exception is thrown when the worker has shut down.</param>
    /// <param name="stoppingToken">Stops the worker.</param>
    /// <returns>Task that ends when the worker has shut down.</returns>
    /// <exception cref="InvalidOperationException">It was started before, or its namespace does not exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="Exceptions.RpcException">The server refuses it for good.</exception>
    public Task ExecuteAsync(Func<Task> untilComplete, CancellationToken stoppingToken = default)
    {
        ArgumentNullException.ThrowIfNull(untilComplete);
        return ExecuteCoreAsync(
            async () =>
            {
                await untilComplete().ConfigureAwait(false);
                return default(ValueTuple);
            },
            stoppingToken);
    }

    /// <summary>Runs the worker until a task completes, it is stopped or fails.</summary>
    /// <remarks>At shutdown it waits for all activities. One that does not obey its cancellation keeps it waiting.</remarks>
    /// <typeparam name="TResult">Result of the task.</typeparam>
    /// <param name="untilComplete">Begins the task; its exception is thrown when the worker has shut down.</param>
    /// <param name="stoppingToken">Stops the worker.</param>
    /// <returns>The result of the task, when the worker has shut down.</returns>
    /// <exception cref="InvalidOperationException">It was started before, or its namespace does not exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="Exceptions.RpcException">The server refuses it for good.</exception>
    public Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>> untilComplete, CancellationToken stoppingToken = default)
    {
        ArgumentNullException.ThrowIfNull(untilComplete);
        return ExecuteCoreAsync(untilComplete, stoppingToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases a worker that was never run; a running one releases itself when it ends.</summary>
    /// <param name="disposing">Whether called from <see cref="Dispose()" />.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Interlocked.Exchange(ref run, null)?.Dispose();
        }
    }

    private static void AssertConnected(IWorkerClient client)
    {
        if (!client.Connection.IsConnected)
        {
            throw new InvalidOperationException("Cannot use unconnected lazy client for worker");
        }
    }

    private async Task<TResult> ExecuteCoreAsync<TResult>(Func<Task<TResult>>? untilComplete, CancellationToken stoppingToken)
    {
        if (Interlocked.Exchange(ref started, 1) != 0)
        {
            throw new InvalidOperationException("Already started");
        }
        using var owned = Interlocked.Exchange(ref run, null);
        ObjectDisposedException.ThrowIf(owned == null, this);
        Func<TemporalWorker, CancellationToken, Task<TResult>> execute = (_, token) => owned.ExecuteAsync(untilComplete, token);
        foreach (var plugin in plugins.Reverse())
        {
            var inner = execute;
            execute = (worker, token) => plugin.RunWorkerAsync(worker, inner, token);
        }
        return await execute(this, stoppingToken).ConfigureAwait(false);
    }
}
