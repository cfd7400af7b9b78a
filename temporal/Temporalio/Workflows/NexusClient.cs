namespace Temporalio.Workflows;

/// <summary>Calls the operations of a Nexus service from a workflow. Made by <see cref="Workflow.CreateNexusClient(string, string)"/>.</summary>
public class NexusClient
{
    /// <summary>Initializes a new instance of the <see cref="NexusClient"/> class.</summary>
    /// <param name="service">Service name.</param>
    /// <param name="options">Options with an endpoint.</param>
    internal NexusClient(string service, NexusClientOptions options)
    {
        Service = service;
        Options = string.IsNullOrEmpty(options.Endpoint)
            ? throw new ArgumentException("Missing endpoint", nameof(options))
            : (NexusClientOptions)options.Clone();
    }

    /// <summary>Gets the service name.</summary>
    public string Service { get; }

    /// <summary>Gets the options.</summary>
    public NexusClientOptions Options { get; }

    /// <summary>Starts an operation and waits for its end.</summary>
    /// <param name="operationName">Operation name.</param>
    /// <param name="arg">Argument, null without one.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes with the operation.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It failed.</exception>
    public async Task ExecuteNexusOperationAsync(string operationName, object? arg, NexusOperationOptions? options = null)
    {
        var handle = await StartNexusOperationAsync(operationName, arg, options);
        await handle.GetResultAsync();
    }

    /// <summary>Starts an operation and waits for its result.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="operationName">Operation name.</param>
    /// <param name="arg">Argument, null without one.</param>
    /// <param name="options">Options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It failed.</exception>
    public async Task<TResult> ExecuteNexusOperationAsync<TResult>(
        string operationName, object? arg, NexusOperationOptions? options = null)
    {
        var handle = await StartNexusOperationAsync<TResult>(operationName, arg, options);
        return await handle.GetResultAsync();
    }

    /// <summary>Starts an operation.</summary>
    /// <param name="operationName">Operation name.</param>
    /// <param name="arg">Argument, null without one.</param>
    /// <param name="options">Options.</param>
    /// <returns>The operation, once its handler has answered.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It could not be started.</exception>
    public async Task<NexusOperationHandle> StartNexusOperationAsync(
        string operationName, object? arg, NexusOperationOptions? options = null) =>
        await StartNexusOperationAsync<ValueTuple>(operationName, arg, options);

    /// <summary>Starts an operation.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="operationName">Operation name.</param>
    /// <param name="arg">Argument, null without one.</param>
    /// <param name="options">Options.</param>
    /// <returns>The operation, once its handler has answered.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It could not be started.</exception>
    public Task<NexusOperationHandle<TResult>> StartNexusOperationAsync<TResult>(
        string operationName, object? arg, NexusOperationOptions? options = null) =>
        Workflow.Context.StartNexusOperationAsync<TResult>(new(Service, Options, operationName, arg, options ?? new(), null));
}
