using System.Linq.Expressions;

namespace Temporalio.Workflows;

/// <summary>
/// A child workflow of a known type that has started.
/// </summary>
/// <typeparam name="TWorkflow">Workflow type.</typeparam>
public abstract class ChildWorkflowHandle<TWorkflow> : ChildWorkflowHandle
{
    /// <summary>Sends a signal, given as a call of its handler.</summary>
    /// <param name="signalCall">Call of a method with <see cref="WorkflowSignalAttribute"/>.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes when the server has written the signal to the child's history.</returns>
    public Task SignalAsync(
        Expression<Func<TWorkflow, Task>> signalCall, ChildWorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);
}
