using System.Linq.Expressions;

namespace Temporalio.Client;

public partial interface ITemporalClient
{
    /// <summary>Starts a workflow that has a result.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="workflowRunCall">Call of its run method.</param>
    /// <param name="options">How to start it; id and task queue are required.</param>
    /// <returns>Handle of the workflow.</returns>
    /// <exception cref="ArgumentException">The call or the options are not valid.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options);

    /// <summary>Starts a workflow without a result.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="workflowRunCall">Call of its run method.</param>
    /// <param name="options">How to start it; id and task queue are required.</param>
    /// <returns>Handle of the workflow.</returns>
    /// <exception cref="ArgumentException">The call or the options are not valid.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<WorkflowHandle<TWorkflow>> StartWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options);

    /// <summary>Starts a workflow by name.</summary>
    /// <param name="workflow">Type name of the workflow.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it; id and task queue are required.</param>
    /// <returns>Handle of the workflow.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<WorkflowHandle> StartWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options);

    /// <summary>Makes a handle, without asking the server.</summary>
    /// <param name="id">Workflow id.</param>
    /// <param name="runId">Run id, or null for the current run.</param>
    /// <param name="firstExecutionRunId">First run that a cancellation or termination must be about, or null.</param>
    /// <returns>The handle.</returns>
    WorkflowHandle GetWorkflowHandle(string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>Makes a handle, without asking the server.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="id">Workflow id.</param>
    /// <param name="runId">Run id, or null for the current run.</param>
    /// <param name="firstExecutionRunId">First run that a cancellation or termination must be about, or null.</param>
    /// <returns>The handle.</returns>
    WorkflowHandle<TWorkflow> GetWorkflowHandle<TWorkflow>(
        string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>Makes a handle, without asking the server.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TResult">Its result.</typeparam>
    /// <param name="id">Workflow id.</param>
    /// <param name="runId">Run id, or null for the current run.</param>
    /// <param name="firstExecutionRunId">First run that a cancellation or termination must be about, or null.</param>
    /// <returns>The handle.</returns>
    WorkflowHandle<TWorkflow, TResult> GetWorkflowHandle<TWorkflow, TResult>(
        string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>Starts an update without a result and, if need be, its workflow.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="updateCall">Call of its update method.</param>
    /// <param name="options">Start operation and stage to wait for.</param>
    /// <returns>Handle of the update. The workflow may have started even if this fails.</returns>
    /// <exception cref="ArgumentException">The call or the options are not valid.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<WorkflowUpdateHandle> StartUpdateWithStartWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> updateCall, WorkflowStartUpdateWithStartOptions options);

    /// <summary>Starts an update and, if need be, its workflow.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="updateCall">Call of its update method.</param>
    /// <param name="options">Start operation and stage to wait for.</param>
    /// <returns>Handle of the update. The workflow may have started even if this fails.</returns>
    /// <exception cref="ArgumentException">The call or the options are not valid.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TWorkflow, TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowStartUpdateWithStartOptions options);

    /// <summary>Starts an update by name and, if need be, its workflow.</summary>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Start operation and stage to wait for.</param>
    /// <returns>Handle of the update. The workflow may have started even if this fails.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<WorkflowUpdateHandle> StartUpdateWithStartWorkflowAsync(
        string update, IReadOnlyCollection<object?> args, WorkflowStartUpdateWithStartOptions options);

    /// <summary>Starts an update by name and, if need be, its workflow.</summary>
    /// <typeparam name="TUpdateResult">Result of the update.</typeparam>
    /// <param name="update">Name of the update.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Start operation and stage to wait for.</param>
    /// <returns>Handle of the update. The workflow may have started even if this fails.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        string update, IReadOnlyCollection<object?> args, WorkflowStartUpdateWithStartOptions options);

    /// <summary>Lists workflows, page by page as they are read.</summary>
    /// <param name="query">List filter of Temporal visibility; empty for all.</param>
    /// <param name="options">Limit and call options.</param>
    /// <returns>The workflows.</returns>
    IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(string query, WorkflowListOptions? options = null);

    /// <summary>Counts workflows.</summary>
    /// <param name="query">List filter of Temporal visibility, with <c>GROUP BY</c> if wanted; empty for all.</param>
    /// <param name="options">Call options.</param>
    /// <returns>The count, which may lag behind.</returns>
    Task<WorkflowExecutionCount> CountWorkflowsAsync(string query, WorkflowCountOptions? options = null);

    /// <summary>Fetches one page of a list.</summary>
    /// <param name="query">List filter of Temporal visibility; empty for all.</param>
    /// <param name="nextPageToken">Token of the page before, or null for the first page.</param>
    /// <param name="options">Page size and call options.</param>
    /// <returns>The page.</returns>
    Task<WorkflowListPage> ListWorkflowsPaginatedAsync(
        string query, byte[]? nextPageToken, WorkflowListPaginatedOptions? options = null);
}
