namespace Temporalio.Workflows;

/// <summary>A Nexus operation that a workflow has started.</summary>
public abstract class NexusOperationHandle
{
    /// <summary>Gets the token of the operation, null if it was done when it was started.</summary>
    public abstract string? OperationToken { get; }

    /// <summary>Waits for the end.</summary>
    /// <returns>Completes with the operation.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It failed.</exception>
    public Task GetResultAsync() => GetResultAsync<ValueTuple>();

    /// <summary>Waits for the result.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <returns>The result.</returns>
    /// <exception cref="Exceptions.NexusOperationFailureException">It failed.</exception>
    public abstract Task<TResult> GetResultAsync<TResult>();
}
