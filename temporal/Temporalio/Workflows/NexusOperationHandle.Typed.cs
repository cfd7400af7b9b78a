namespace Temporalio.Workflows;

/// <summary>A Nexus operation with a result that a workflow has started.</summary>
/// <typeparam name="TResult">Result type.</typeparam>
public abstract class NexusOperationHandle<TResult> : NexusOperationHandle
{
    /// <summary>Waits for the result.</summary>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It failed.</exception>
    public new Task<TResult> GetResultAsync() => GetResultAsync<TResult>();
}
