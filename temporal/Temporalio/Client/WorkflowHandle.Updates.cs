using System.Linq.Expressions;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Client;

public partial record WorkflowHandle
{
    /// <summary>Starts an update without a result.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="updateCall">Call of an update method.</param>
    /// <param name="options">Stage to wait for and call options.</param>
    /// <returns>Handle of the update.</returns>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task<WorkflowUpdateHandle> StartUpdateAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateStartOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(updateCall);
        return StartUpdateAsync(WorkflowUpdateDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Starts an update.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="updateCall">Call of an update method.</param>
    /// <param name="options">Stage to wait for and call options.</param>
    /// <returns>Handle of the update.</returns>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateAsync<TWorkflow, TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateStartOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(updateCall);
        return StartUpdateAsync<TUpdateResult>(WorkflowUpdateDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Starts an update by name.</summary>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Stage to wait for and call options.</param>
    /// <returns>Handle of the update.</returns>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<WorkflowUpdateHandle> StartUpdateAsync(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateStartOptions options) =>
        await StartUpdateAsync<ValueTuple>(update, args, options).ConfigureAwait(false);

    /// <summary>Starts an update by name.</summary>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Stage to wait for and call options.</param>
    /// <returns>Handle of the update.</returns>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateAsync<TUpdateResult>(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateStartOptions options) =>
        Client.OutboundInterceptor.StartWorkflowUpdateAsync<TUpdateResult>(
            new(Id, RunId, FirstExecutionRunId, update, args, options, Headers: null));

    /// <summary>Starts an update and waits until it is completed.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="updateCall">Call of an update method.</param>
    /// <param name="options">Update id and call options.</param>
    /// <returns>Task that ends when it is completed.</returns>
    /// <exception cref="WorkflowUpdateFailedException">It was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task ExecuteUpdateAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateOptions? options = null)
    {
        var handle = await StartUpdateAsync(updateCall, ToCompletion(options)).ConfigureAwait(false);
        await handle.GetResultAsync(options?.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts an update and waits for its result.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="updateCall">Call of an update method.</param>
    /// <param name="options">Update id and call options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowUpdateFailedException">It was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<TUpdateResult> ExecuteUpdateAsync<TWorkflow, TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateOptions? options = null)
    {
        var handle = await StartUpdateAsync(updateCall, ToCompletion(options)).ConfigureAwait(false);
        return await handle.GetResultAsync(options?.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts an update by name and waits until it is completed.</summary>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Update id and call options.</param>
    /// <returns>Task that ends when it is completed.</returns>
    /// <exception cref="WorkflowUpdateFailedException">It was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task ExecuteUpdateAsync(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateOptions? options = null)
    {
        var handle = await StartUpdateAsync(update, args, ToCompletion(options)).ConfigureAwait(false);
        await handle.GetResultAsync(options?.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts an update by name and waits for its result.</summary>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Update id and call options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowUpdateFailedException">It was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<TUpdateResult> ExecuteUpdateAsync<TUpdateResult>(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateOptions? options = null)
    {
        var handle = await StartUpdateAsync<TUpdateResult>(update, args, ToCompletion(options)).ConfigureAwait(false);
        return await handle.GetResultAsync(options?.Rpc).ConfigureAwait(false);
    }

    /// <summary>Makes a handle of an update, without asking the server.</summary>
    /// <param name="id">Id of the update.</param>
    /// <returns>The handle.</returns>
    public WorkflowUpdateHandle GetUpdateHandle(string id) => new(Client, id, Id, RunId);

    /// <summary>Makes a handle of an update, without asking the server.</summary>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="id">Id of the update.</param>
    /// <returns>The handle.</returns>
    public WorkflowUpdateHandle<TUpdateResult> GetUpdateHandle<TUpdateResult>(string id) => new(Client, id, Id, RunId);

    private protected static WorkflowUpdateStartOptions ToCompletion(WorkflowUpdateOptions? options) => new()
    {
        Id = options?.Id,
        Rpc = (RpcOptions?)options?.Rpc?.Clone(),
        WaitForStage = WorkflowUpdateStage.Completed,
    };
}
