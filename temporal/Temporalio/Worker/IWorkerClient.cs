using Temporalio.Client;

namespace Temporalio.Worker;

/// <summary>What a worker needs of a client.</summary>
public interface IWorkerClient
{
    /// <summary>Options of the client.</summary>
    TemporalClientOptions Options { get; }

    /// <summary>Connection of the client, connected before a worker starts.</summary>
    ITemporalConnection Connection { get; }
}
