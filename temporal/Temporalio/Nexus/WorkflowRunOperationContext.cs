using System.Linq.Expressions;
using NexusRpc.Handlers;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Nexus;

/// <summary>Starts the workflow that stands behind a Nexus operation.</summary>
public class WorkflowRunOperationContext
{
    /// <summary>Initializes a new instance of the <see cref="WorkflowRunOperationContext"/> class.</summary>
    /// <param name="handlerContext">The start call.</param>
    internal WorkflowRunOperationContext(OperationStartContext handlerContext) => HandlerContext = handlerContext;

    /// <summary>Gets the start call.</summary>
    public OperationStartContext HandlerContext { get; private init; }

    /// <summary>Starts a workflow without a result, given as a call of its run method.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <param name="workflowRunCall">Call of the run method. It is taken apart, not made.</param>
    /// <param name="options">Options with an id; the task queue is the worker's if none is named.</param>
    /// <returns>What the handle factory returns.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    public Task<NexusWorkflowRunHandle> StartWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return StartWorkflowAsync(WorkflowDefinition.NameFromRunMethodForCall(method), args, options);
    }

    /// <summary>Starts a workflow with a result, given as a call of its run method.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="workflowRunCall">Call of the run method. It is taken apart, not made.</param>
    /// <param name="options">Options with an id; the task queue is the worker's if none is named.</param>
    /// <returns>What the handle factory returns.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    public Task<NexusWorkflowRunHandle<TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return StartWorkflowAsync<TResult>(WorkflowDefinition.NameFromRunMethodForCall(method), args, options);
    }

    /// <summary>Starts a workflow without a result, by name.</summary>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options with an id; the task queue is the worker's if none is named.</param>
    /// <returns>What the handle factory returns.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    public Task<NexusWorkflowRunHandle> StartWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options) =>
        NexusWorkflowStart.StartAsync(HandlerContext, NexusOperationExecutionContext.Current, workflow, args, options);

    /// <summary>Starts a workflow with a result, by name.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options with an id; the task queue is the worker's if none is named.</param>
    /// <returns>What the handle factory returns.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    public async Task<NexusWorkflowRunHandle<TResult>> StartWorkflowAsync<TResult>(
        string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        var handle = await StartWorkflowAsync(workflow, args, options).ConfigureAwait(false);
        return new(handle.Namespace, handle.WorkflowId, handle.Version);
    }
}
