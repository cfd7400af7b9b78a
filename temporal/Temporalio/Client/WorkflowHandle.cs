using System.Linq.Expressions;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>Talks to one workflow.</summary>
/// <param name="Client">Client to call with.</param>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">
/// Run that signals, queries and updates must reach, or null for the current one. A start leaves it null, so that they follow
/// the workflow to its next runs.
/// </param>
/// <param name="ResultRunId">Run whose result is waited for first; after a start, the run that was started.</param>
/// <param name="FirstExecutionRunId">
/// First run that a cancellation or termination must be about; after a start without a signal, the run that was started.
/// </param>
public partial record WorkflowHandle(
    ITemporalClient Client,
    string Id,
    string? RunId = null,
    string? ResultRunId = null,
    string? FirstExecutionRunId = null)
{
    /// <summary>Waits until the workflow is closed.</summary>
    /// <param name="followRuns">Whether to go on with the next run after a retry, a cron run or a continue-as-new.</param>
    /// <param name="rpcOptions">Call options, also of the waiting as a whole if they have a token.</param>
    /// <returns>Task that ends when it has completed.</returns>
    /// <exception cref="WorkflowFailedException">It failed, was canceled or terminated, or timed out.</exception>
    /// <exception cref="WorkflowContinuedAsNewException">It continued as new and runs are not followed.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task GetResultAsync(bool followRuns = true, RpcOptions? rpcOptions = null) =>
        GetResultAsync<ValueTuple>(followRuns, rpcOptions);

    /// <summary>Waits until the workflow is closed.</summary>
    /// <typeparam name="TResult">Type of its result, or <see cref="ValueTuple"/> to leave it unread.</typeparam>
    /// <param name="followRuns">Whether to go on with the next run after a retry, a cron run or a continue-as-new.</param>
    /// <param name="rpcOptions">Call options, also of the waiting as a whole if they have a token.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowFailedException">It failed, was canceled or terminated, or timed out.</exception>
    /// <exception cref="WorkflowContinuedAsNewException">It continued as new and runs are not followed.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public virtual Task<TResult> GetResultAsync<TResult>(bool followRuns = true, RpcOptions? rpcOptions = null) =>
        new WorkflowResultReader(this).ReadAsync<TResult>(followRuns, rpcOptions);

    /// <summary>Signals the workflow.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <param name="signalCall">Call of a signal method.</param>
    /// <param name="options">Call options.</param>
    /// <returns>Task that ends when the server has the signal; the workflow may handle it later.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task SignalAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> signalCall, WorkflowSignalOptions? options = null)
    {
        var (method, args) = ExpressionUtil.ExtractCall(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Signals the workflow by name.</summary>
    /// <param name="signal">Name of the signal.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Call options.</param>
    /// <returns>Task that ends when the server has the signal; the workflow may handle it later.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task SignalAsync(string signal, IReadOnlyCollection<object?> args, WorkflowSignalOptions? options = null) =>
        Client.OutboundInterceptor.SignalWorkflowAsync(new(Id, RunId, signal, args, options, Headers: null));

    /// <summary>Queries the workflow.</summary>
    /// <typeparam name="TWorkflow">Workflow class.</typeparam>
    /// <typeparam name="TQueryResult">Result of the query.</typeparam>
    /// <param name="queryCall">Call of a query method, or reading of a query property.</param>
    /// <param name="options">Reject condition and call options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowQueryFailedException">The worker could not answer.</exception>
    /// <exception cref="WorkflowQueryRejectedException">The reject condition held.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task<TQueryResult> QueryAsync<TWorkflow, TQueryResult>(
        Expression<Func<TWorkflow, TQueryResult>> queryCall, WorkflowQueryOptions? options = null)
    {
        if (queryCall.Body is MemberExpression)
        {
            var property = ExpressionUtil.ExtractProperty(queryCall)
                ?? throw new ArgumentException("Expression must be a single method call or property access");
            return QueryAsync<TQueryResult>(WorkflowQueryDefinition.NameFromPropertyForCall(property), [], options);
        }
        var (method, args) = ExpressionUtil.ExtractCall(queryCall);
        return QueryAsync<TQueryResult>(WorkflowQueryDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Queries the workflow by name.</summary>
    /// <typeparam name="TQueryResult">Result of the query.</typeparam>
    /// <param name="query">Name of the query.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Reject condition and call options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowQueryFailedException">The worker could not answer.</exception>
    /// <exception cref="WorkflowQueryRejectedException">The reject condition held.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task<TQueryResult> QueryAsync<TQueryResult>(
        string query, IReadOnlyCollection<object?> args, WorkflowQueryOptions? options = null) =>
        Client.OutboundInterceptor.QueryWorkflowAsync<TQueryResult>(
            new(Id, RunId, query, args, options, Headers: null));

    /// <summary>Describes the workflow.</summary>
    /// <param name="options">Call options.</param>
    /// <returns>The description.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task<WorkflowExecutionDescription> DescribeAsync(WorkflowDescribeOptions? options = null) =>
        Client.OutboundInterceptor.DescribeWorkflowAsync(new(Id, RunId, options));

    /// <summary>Asks the workflow to cancel itself.</summary>
    /// <param name="options">Call options.</param>
    /// <returns>Task that ends when the server has the request; the workflow may act on it later, or not.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task CancelAsync(WorkflowCancelOptions? options = null) =>
        Client.OutboundInterceptor.CancelWorkflowAsync(new(Id, RunId, FirstExecutionRunId, options));

    /// <summary>Ends the workflow without asking it.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="options">Details and call options.</param>
    /// <returns>Task that ends when it is terminated.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task TerminateAsync(string? reason = null, WorkflowTerminateOptions? options = null) =>
        Client.OutboundInterceptor.TerminateWorkflowAsync(new(Id, RunId, FirstExecutionRunId, reason, options));
}
