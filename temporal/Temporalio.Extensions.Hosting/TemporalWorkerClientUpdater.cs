using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>
/// Hands new clients to running workers, for example when a certificate has been renewed. Set it as
/// <see cref="TemporalWorkerServiceOptions.WorkerClientUpdater" />.
/// </summary>
public class TemporalWorkerClientUpdater
{
    /// <summary>Raised for every new client.</summary>
    public event EventHandler<TemporalWorkerClientUpdatedEventArgs>? TemporalWorkerClientUpdated;

    /// <summary>Hands a client to all workers that listen.</summary>
    /// <param name="client">Connected client.</param>
    public void UpdateTemporalWorkerClient(IWorkerClient client) =>
        TemporalWorkerClientUpdated?.Invoke(this, new(client));
}
