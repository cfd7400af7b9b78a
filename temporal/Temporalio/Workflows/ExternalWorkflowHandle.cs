using System.Linq.Expressions;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>
/// Another workflow, which this one may signal or cancel.
/// </summary>
public abstract class ExternalWorkflowHandle
{
    /// <summary>Gets the workflow id.</summary>
    public abstract string Id { get; }

    /// <summary>Gets the run id. Null: the run that is open when the message arrives.</summary>
    public abstract string? RunId { get; }

    /// <summary>Sends a signal, given as a call of its handler.</summary>
    /// <typeparam name="TWorkflow">Workflow type.</typeparam>
    /// <param name="signalCall">Call of a method with <see cref="WorkflowSignalAttribute"/>.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes when the server has written the signal to the other workflow's history.</returns>
    public Task SignalAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> signalCall, ExternalWorkflowSignalOptions? options = null)
    {
        var (method, args) = ExpressionUtil.ExtractCall(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Signal name.</param>
    /// <param name="args">Arguments.</param>
    /// <param name="options">Options.</param>
    /// <returns>Completes when the server has written the signal to the other workflow's history.</returns>
    public abstract Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ExternalWorkflowSignalOptions? options = null);

    /// <summary>Asks the workflow to cancel.</summary>
    /// <returns>Completes when the server has written the request to the other workflow's history.</returns>
    public abstract Task CancelAsync();
}
