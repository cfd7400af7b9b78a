namespace Temporalio.Client;

/// <summary>A connection to a Temporal server. Thread-safe; share one.</summary>
public interface ITemporalConnection
{
    /// <summary>
    /// Gets or sets the text metadata (HTTP headers) that every call sends, those of workers included. A change counts from the next
    /// call on.
    /// </summary>
    /// <exception cref="InvalidOperationException">Set before a lazy connection has connected.</exception>
    IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata { get; set; }

    /// <summary>Gets or sets the binary metadata that every call sends; names end in <c>-bin</c>.</summary>
    /// <exception cref="InvalidOperationException">Set before a lazy connection has connected.</exception>
    IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata { get; set; }

    /// <summary>
    /// Gets or sets the API key, sent as <c>Authorization: Bearer …</c> unless the metadata has an authorization of its own; null for
    /// none.
    /// </summary>
    /// <exception cref="InvalidOperationException">Set before a lazy connection has connected.</exception>
    string? ApiKey { get; set; }

    /// <summary>Gets the raw workflow service.</summary>
    WorkflowService WorkflowService { get; }

    /// <summary>Gets the raw operator service.</summary>
    OperatorService OperatorService { get; }

    /// <summary>Gets the raw cloud service; only Temporal Cloud's operations server has it.</summary>
    CloudService CloudService { get; }

    /// <summary>Gets the raw test service; only time-skipping servers have it.</summary>
    TestService TestService { get; }

    /// <summary>Gets the options that the connection was made with.</summary>
    TemporalConnectionOptions Options { get; }

    /// <summary>Gets a value indicating whether the server has answered once; false only for a lazy connection not used yet.</summary>
    bool IsConnected { get; }

    /// <summary>Asks the server for the health of one of its services.</summary>
    /// <param name="service">The service; null for the workflow service.</param>
    /// <param name="options">Options of the call.</param>
    /// <returns>True if it is serving.</returns>
    Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null);

    /// <summary>Connects if that has not happened yet.</summary>
    /// <returns>Task that ends when connected.</returns>
    Task ConnectAsync();
}
