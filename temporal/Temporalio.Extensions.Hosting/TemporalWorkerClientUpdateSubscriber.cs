using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Gives the clients that an updater announces to a worker, until disposed.</summary>
public class TemporalWorkerClientUpdateSubscriber : IDisposable
{
    private readonly TemporalWorkerClientUpdater updater;
    private readonly TemporalWorker worker;

    /// <summary>Initializes a new instance of the <see cref="TemporalWorkerClientUpdateSubscriber"/> class.</summary>
    /// <param name="temporalWorkerClientUpdater">What announces clients.</param>
    /// <param name="worker">The worker.</param>
    public TemporalWorkerClientUpdateSubscriber(
        TemporalWorkerClientUpdater temporalWorkerClientUpdater, TemporalWorker worker)
    {
        updater = temporalWorkerClientUpdater;
        this.worker = worker;
        updater.TemporalWorkerClientUpdated += OnUpdated;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops listening.</summary>
    /// <param name="disposing">Whether called from <see cref="Dispose()" />.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            updater.TemporalWorkerClientUpdated -= OnUpdated;
        }
    }

    private void OnUpdated(object? sender, TemporalWorkerClientUpdatedEventArgs eventArgs) =>
        worker.Client = eventArgs.WorkerClient;
}
