using System.Linq.Expressions;

namespace Temporalio.Workflows;

/// <summary>
/// Another workflow of a known type, which this one may signal or cancel.
/// </summary>
/// <typeparam name="TWorkflow">Workflow type.</typeparam>
public abstract class ExternalWorkflowHandle<TWorkflow> : ExternalWorkflowHandle
{
    /// <summary>Sends a signal, given as a call of its handler.</summary>
    /// <param name="signalCall">Call of a method with <see cref="WorkflowSignalAttribute"/>.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes when the server has written the signal to the other workflow's history.</returns>
    public Task SignalAsync(
        Expression<Func<TWorkflow, Task>> signalCall, ExternalWorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);
}
