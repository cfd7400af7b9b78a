namespace NexusRpc.Handlers;

/// <summary>Does one operation.</summary>
/// <typeparam name="TInput">Argument type, <see cref="NoValue"/> without one.</typeparam>
/// <typeparam name="TResult">Result type, <see cref="NoValue"/> without one.</typeparam>
public interface IOperationHandler<TInput, TResult>
{
    /// <summary>Starts the operation.</summary>
    /// <param name="context">The call.</param>
    /// <param name="input">Argument.</param>
    /// <returns>Result or token.</returns>
    /// <exception cref="OperationException">The operation failed for good.</exception>
    /// <exception cref="HandlerException">It could not be started.</exception>
    Task<OperationStartResult<TResult>> StartAsync(OperationStartContext context, TInput input);

    /// <summary>Asks for the result. Temporal never does; by default it is refused as not implemented.</summary>
    /// <param name="context">The call.</param>
    /// <returns>The result.</returns>
    Task<TResult> FetchResultAsync(OperationFetchResultContext context) =>
        throw new HandlerException(HandlerErrorType.NotImplemented, "Results of this operation cannot be fetched");

    /// <summary>Asks for the state. Temporal never does; by default it is refused as not implemented.</summary>
    /// <param name="context">The call.</param>
    /// <returns>The state.</returns>
    Task<OperationInfo> FetchInfoAsync(OperationFetchInfoContext context) =>
        throw new HandlerException(HandlerErrorType.NotImplemented, "The state of this operation cannot be fetched");

    /// <summary>Cancels the operation.</summary>
    /// <param name="context">The call.</param>
    /// <returns>Task that ends when the cancellation is on its way.</returns>
    Task CancelAsync(OperationCancelContext context);
}
