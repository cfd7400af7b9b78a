using System.Linq.Expressions;
using Temporalio.Common;

namespace Temporalio.Client;

/// <summary>Conveniences on every client.</summary>
public static class ITemporalClientExtensions
{
    /// <summary>Starts a workflow and waits for its result.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="client">Client to call with.</param>
    /// <param name="workflowRunCall">Call of its run method.</param>
    /// <param name="options">How to start it; id and task queue are required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task<TResult> ExecuteWorkflowAsync<TWorkflow, TResult>(
        this ITemporalClient client,
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall,
        WorkflowOptions options)
    {
        var handle = await client.StartWorkflowAsync(workflowRunCall, options).ConfigureAwait(false);
        return await handle.GetResultAsync(rpcOptions: options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a workflow and waits until it has completed.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="client">Client to call with.</param>
    /// <param name="workflowRunCall">Call of its run method.</param>
    /// <param name="options">How to start it; id and task queue are required.</param>
    /// <returns>Task that ends when it has completed.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task ExecuteWorkflowAsync<TWorkflow>(
        this ITemporalClient client, Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        var handle = await client.StartWorkflowAsync(workflowRunCall, options).ConfigureAwait(false);
        await handle.GetResultAsync(rpcOptions: options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a workflow by name and waits until it has completed.</summary>
    /// <param name="client">Client to call with.</param>
    /// <param name="workflow">Type name of the workflow.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it; id and task queue are required.</param>
    /// <returns>Task that ends when it has completed.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task ExecuteWorkflowAsync(
        this ITemporalClient client, string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        var handle = await client.StartWorkflowAsync(workflow, args, options).ConfigureAwait(false);
        await handle.GetResultAsync(rpcOptions: options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a workflow by name and waits for its result.</summary>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="client">Client to call with.</param>
    /// <param name="workflow">Type name of the workflow.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it; id and task queue are required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task<TResult> ExecuteWorkflowAsync<TResult>(
        this ITemporalClient client, string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        var handle = await client.StartWorkflowAsync(workflow, args, options).ConfigureAwait(false);
        return await handle.GetResultAsync<TResult>(rpcOptions: options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts an update and, if need be, its workflow, and waits until the update is completed.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="client">Client to call with.</param>
    /// <param name="updateCall">Call of its update method.</param>
    /// <param name="options">Start operation.</param>
    /// <returns>Task that ends when the update is completed. The workflow may have started even if this fails.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task ExecuteUpdateWithStartWorkflowAsync<TWorkflow>(
        this ITemporalClient client,
        Expression<Func<TWorkflow, Task>> updateCall,
        WorkflowUpdateWithStartOptions options)
    {
        var handle = await client.StartUpdateWithStartWorkflowAsync(
            updateCall, ToCompletion(options)).ConfigureAwait(false);
        await handle.GetResultAsync(options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts an update and, if need be, its workflow, and waits for the result of the update.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="client">Client to call with.</param>
    /// <param name="updateCall">Call of its update method.</param>
    /// <param name="options">Start operation.</param>
    /// <returns>The result. The workflow may have started even if this fails.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task<TUpdateResult> ExecuteUpdateWithStartWorkflowAsync<TWorkflow, TUpdateResult>(
        this ITemporalClient client,
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall,
        WorkflowUpdateWithStartOptions options)
    {
        var handle = await client.StartUpdateWithStartWorkflowAsync(
            updateCall, ToCompletion(options)).ConfigureAwait(false);
        return await handle.GetResultAsync(options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts an update by name and, if need be, its workflow, and waits until the update is completed.</summary>
    /// <param name="client">Client to call with.</param>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Start operation.</param>
    /// <returns>Task that ends when the update is completed. The workflow may have started even if this fails.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task ExecuteUpdateWithStartWorkflowAsync(
        this ITemporalClient client,
        string update,
        IReadOnlyCollection<object?> args,
        WorkflowUpdateWithStartOptions options)
    {
        var handle = await client.StartUpdateWithStartWorkflowAsync(
            update, args, ToCompletion(options)).ConfigureAwait(false);
        await handle.GetResultAsync(options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts an update by name and, if need be, its workflow, and waits for the result of the update.</summary>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="client">Client to call with.</param>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Start operation.</param>
    /// <returns>The result. The workflow may have started even if this fails.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task<TUpdateResult> ExecuteUpdateWithStartWorkflowAsync<TUpdateResult>(
        this ITemporalClient client,
        string update,
        IReadOnlyCollection<object?> args,
        WorkflowUpdateWithStartOptions options)
    {
        var handle = await client.StartUpdateWithStartWorkflowAsync<TUpdateResult>(
            update, args, ToCompletion(options)).ConfigureAwait(false);
        return await handle.GetResultAsync(options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Fetches the histories of all workflows of a list, one by one as they are read.</summary>
    /// <param name="client">Client to call with.</param>
    /// <param name="query">List filter of Temporal visibility; empty for all.</param>
    /// <param name="listOptions">Options of the list.</param>
    /// <param name="historyFetchOptions">Options of each history.</param>
    /// <returns>The histories.</returns>
    public static async IAsyncEnumerable<WorkflowHistory> ListWorkflowHistoriesAsync(
        this ITemporalClient client,
        string query,
        WorkflowListOptions? listOptions = null,
        WorkflowHistoryEventFetchOptions? historyFetchOptions = null)
    {
        await foreach (var execution in client.ListWorkflowsAsync(query, listOptions).ConfigureAwait(false))
        {
            var handle = client.GetWorkflowHandle(execution.Id, execution.RunId);
            yield return await handle.FetchHistoryAsync(historyFetchOptions).ConfigureAwait(false);
        }
    }

    private static WorkflowStartUpdateWithStartOptions ToCompletion(WorkflowUpdateWithStartOptions options) => new()
    {
        Id = options.Id,
        Rpc = (RpcOptions?)options.Rpc?.Clone(),
        StartWorkflowOperation = options.StartWorkflowOperation,
        WaitForStage = WorkflowUpdateStage.Completed,
    };

    /// <summary>Starts a standalone activity and waits for its result.</summary>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="client">Client to call with.</param>
    /// <param name="activityCall">Call of its static method.</param>
    /// <param name="options">How to start it; id, task queue and a timeout are required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.ActivityFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task<TResult> ExecuteActivityAsync<TResult>(
        this ITemporalClient client, Expression<Func<Task<TResult>>> activityCall, StartActivityOptions options)
    {
        var handle = await client.StartActivityAsync(activityCall, options).ConfigureAwait(false);
        return await handle.GetResultAsync(options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a standalone activity and waits until it has completed.</summary>
    /// <param name="client">Client to call with.</param>
    /// <param name="activityCall">Call of its static method.</param>
    /// <param name="options">How to start it; id, task queue and a timeout are required.</param>
    /// <returns>Task that ends when it has completed.</returns>
    /// <exception cref="Exceptions.ActivityAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.ActivityFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task ExecuteActivityAsync(
        this ITemporalClient client, Expression<Func<Task>> activityCall, StartActivityOptions options)
    {
        var handle = await client.StartActivityAsync(activityCall, options).ConfigureAwait(false);
        await handle.GetResultAsync(options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a standalone activity by name and waits until it has completed.</summary>
    /// <param name="client">Client to call with.</param>
    /// <param name="activity">Type name of the activity.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it; id, task queue and a timeout are required.</param>
    /// <returns>Task that ends when it has completed.</returns>
    /// <exception cref="Exceptions.ActivityAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.ActivityFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task ExecuteActivityAsync(
        this ITemporalClient client, string activity, IReadOnlyCollection<object?> args, StartActivityOptions options)
    {
        var handle = await client.StartActivityAsync(activity, args, options).ConfigureAwait(false);
        await handle.GetResultAsync(options.Rpc).ConfigureAwait(false);
    }

    /// <summary>Starts a standalone activity by name and waits for its result.</summary>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="client">Client to call with.</param>
    /// <param name="activity">Type name of the activity.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it; id, task queue and a timeout are required.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ActivityAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.ActivityFailedException">It did not complete.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public static async Task<TResult> ExecuteActivityAsync<TResult>(
        this ITemporalClient client, string activity, IReadOnlyCollection<object?> args, StartActivityOptions options)
    {
        var handle = await client.StartActivityAsync(activity, args, options).ConfigureAwait(false);
        return await handle.GetResultAsync<TResult>(options.Rpc).ConfigureAwait(false);
    }
}
