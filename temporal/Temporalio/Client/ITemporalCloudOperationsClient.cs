namespace Temporalio.Client;

/// <summary>A client of Temporal Cloud's operations: accounts, namespaces, users, keys. Thread-safe; share one.</summary>
public interface ITemporalCloudOperationsClient
{
    /// <summary>Gets the connection.</summary>
    ITemporalConnection Connection { get; }

    /// <summary>Gets the raw cloud service.</summary>
    CloudService CloudService { get; }
}
