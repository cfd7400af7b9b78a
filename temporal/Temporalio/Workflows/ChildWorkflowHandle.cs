using System.Linq.Expressions;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>
/// A child workflow that has started.
/// </summary>
public abstract class ChildWorkflowHandle
{
    /// <summary>Gets the workflow id.</summary>
    public abstract string Id { get; }

    /// <summary>Gets the run id of the child's first run.</summary>
    public abstract string FirstExecutionRunId { get; }

    /// <summary>Waits for the end of the child.</summary>
    /// <returns>Completes when the child has completed.</returns>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, was cancelled or terminated.</exception>
    public Task GetResultAsync() => GetResultAsync<ValueTuple>();

    /// <summary>Waits for the end of the child and its result.</summary>
    /// <typeparam name="TResult">Type to convert the result to.</typeparam>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, was cancelled or terminated.</exception>
    public abstract Task<TResult> GetResultAsync<TResult>();

    /// <summary>Sends a signal, given as a call of its handler.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <param name="signalCall">Call of a method with <see cref="WorkflowSignalAttribute"/>.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes when the server has written the signal to the child's history.</returns>
    public Task SignalAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> signalCall, ChildWorkflowSignalOptions? options = null)
    {
        var (method, args) = ExpressionUtil.ExtractCall(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Signal name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes when the server has written the signal to the child's history.</returns>
    public abstract Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ChildWorkflowSignalOptions? options = null);
}
