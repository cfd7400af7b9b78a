using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>News of a new client.</summary>
public class TemporalWorkerClientUpdatedEventArgs : EventArgs
{
    /// <summary>Initializes a new instance of the <see cref="TemporalWorkerClientUpdatedEventArgs"/> class.</summary>
    /// <param name="workerClient">The client.</param>
    public TemporalWorkerClientUpdatedEventArgs(IWorkerClient workerClient) => WorkerClient = workerClient;

    /// <summary>Gets the client.</summary>
    public IWorkerClient WorkerClient { get; }
}
