using System.Linq.Expressions;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <content>
/// Other workflows: children, continuations, and workflows that are not ours.
/// </content>
public static partial class Workflow
{
    /// <summary>Starts a child workflow and waits for its end, given as a call of its run method.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="workflowRunCall">Call of the run method. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child did not complete.</exception>
    public static async Task<TResult> ExecuteChildWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var handle = await StartChildWorkflowAsync(workflowRunCall, options);
        return await handle.GetResultAsync();
    }

    /// <summary>Starts a child workflow and waits for its end, given as a call of its run method.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <param name="workflowRunCall">Call of the run method. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes with the child.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child did not complete.</exception>
    public static async Task ExecuteChildWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var handle = await StartChildWorkflowAsync(workflowRunCall, options);
        await handle.GetResultAsync();
    }

    /// <summary>Starts a child workflow and waits for its end, by name.</summary>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes with the child.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child did not complete.</exception>
    public static async Task ExecuteChildWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null)
    {
        var handle = await StartChildWorkflowAsync(workflow, args, options);
        await handle.GetResultAsync();
    }

    /// <summary>Starts a child workflow and waits for its end, by name.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child did not complete.</exception>
    public static async Task<TResult> ExecuteChildWorkflowAsync<TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null)
    {
        var handle = await StartChildWorkflowAsync(workflow, args, options);
        return await handle.GetResultAsync<TResult>();
    }

    /// <summary>Starts a child workflow, given as a call of its run method.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="workflowRunCall">Call of the run method. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>The child, once the server has started it.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    public static Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return Context.StartChildWorkflowAsync<TWorkflow, TResult>(
            WorkflowDefinition.NameFromRunMethodForCall(method), args, options ?? new());
    }

    /// <summary>Starts a child workflow, given as a call of its run method.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <param name="workflowRunCall">Call of the run method. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>The child, once the server has started it.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    public static async Task<ChildWorkflowHandle<TWorkflow>> StartChildWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return await Context.StartChildWorkflowAsync<TWorkflow, ValueTuple>(
            WorkflowDefinition.NameFromRunMethodForCall(method), args, options ?? new());
    }

    /// <summary>Starts a child workflow, by name.</summary>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options.</param>
    /// <returns>The child, once the server has started it.</returns>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    public static async Task<ChildWorkflowHandle> StartChildWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null) =>
        await Context.StartChildWorkflowAsync<ValueTuple, ValueTuple>(workflow, args, options ?? new());

    /// <summary>A workflow that is not a child of this one.</summary>
    /// <param name="id">Workflow id.</param>
    /// <param name="runId">Run id. Null: the run that is open when a message arrives.</param>
    /// <returns>The handle.</returns>
    public static ExternalWorkflowHandle GetExternalWorkflowHandle(string id, string? runId = null) =>
        GetExternalWorkflowHandle<ValueTuple>(id, runId);

    /// <summary>A workflow that is not a child of this one.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <param name="id">Workflow id.</param>
    /// <param name="runId">Run id. Null: the run that is open when a message arrives.</param>
    /// <returns>The handle.</returns>
    public static ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId = null) =>
        Context.GetExternalWorkflowHandle<TWorkflow>(id, runId);

    /// <summary>Makes the exception that ends this run and goes on as a new one.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="workflowRunCall">Call of the run method. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>The exception, to be thrown.</returns>
    public static ContinueAsNewException CreateContinueAsNewException<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ContinueAsNewOptions? options = null)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return CreateContinueAsNewException(WorkflowDefinition.NameFromRunMethodForCall(method), args, options);
    }

    /// <summary>Makes the exception that ends this run and goes on as a new one.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <param name="workflowRunCall">Call of the run method. It is taken apart, not made.</param>
    /// <param name="options">Options.</param>
    /// <returns>The exception, to be thrown.</returns>
    public static ContinueAsNewException CreateContinueAsNewException<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ContinueAsNewOptions? options = null)
    {
        var (method, args) = ExpressionUtil.ExtractCall(workflowRunCall);
        return CreateContinueAsNewException(WorkflowDefinition.NameFromRunMethodForCall(method), args, options);
    }

    /// <summary>Makes the exception that ends this run and goes on as a new one.</summary>
    /// <param name="workflow">Workflow type name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options.</param>
    /// <returns>The exception, to be thrown.</returns>
    public static ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options = null) =>
        Context.CreateContinueAsNewException(workflow, args, options);
}
