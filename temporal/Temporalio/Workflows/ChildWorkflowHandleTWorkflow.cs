namespace Temporalio.Workflows;

/// <summary>
/// A child workflow of a known type and result that has started.
/// </summary>
/// <typeparam name="TWorkflow">Workflow type.</typeparam>
/// <typeparam name="TResult">Result type.</typeparam>
public abstract class ChildWorkflowHandle<TWorkflow, TResult> : ChildWorkflowHandle<TWorkflow>
{
    /// <summary>Waits for the end of the child and its result.</summary>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, was cancelled or terminated.</exception>
    public new Task<TResult> GetResultAsync() => GetResultAsync<TResult>();
}
