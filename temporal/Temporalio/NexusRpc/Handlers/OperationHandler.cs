namespace NexusRpc.Handlers;

/// <summary>Makes handlers of operations that are done when they answer.</summary>
public static class OperationHandler
{
    /// <summary>A handler from a function.</summary>
    /// <typeparam name="TInput">Argument type.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="func">The function.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<TInput, TResult> Sync<TInput, TResult>(Func<OperationStartContext, TInput, TResult> func) =>
        new SyncHandler<TInput, TResult>((context, input) => Task.FromResult(func(context, input)));

    /// <summary>A handler from a function that waits.</summary>
    /// <typeparam name="TInput">Argument type.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="func">The function.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<TInput, TResult> Sync<TInput, TResult>(Func<OperationStartContext, TInput, Task<TResult>> func) =>
        new SyncHandler<TInput, TResult>(func);

    /// <summary>A handler without argument.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="func">The function.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<NoValue, TResult> Sync<TResult>(Func<OperationStartContext, TResult> func) =>
        new SyncHandler<NoValue, TResult>((context, _) => Task.FromResult(func(context)));

    /// <summary>A handler without argument that waits.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="func">The function.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<NoValue, TResult> Sync<TResult>(Func<OperationStartContext, Task<TResult>> func) =>
        new SyncHandler<NoValue, TResult>((context, _) => func(context));

    /// <summary>A handler without result that waits.</summary>
    /// <typeparam name="TInput">Argument type.</typeparam>
    /// <param name="func">The function.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<TInput, NoValue> Sync<TInput>(Func<OperationStartContext, TInput, Task> func) =>
        new SyncHandler<TInput, NoValue>(async (context, input) =>
        {
            await func(context, input).ConfigureAwait(false);
            return default;
        });

    /// <summary>Hides the types of a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="handlerType">Its <see cref="IOperationHandler{TInput, TResult}"/> type.</param>
    /// <returns>A handler of objects.</returns>
    internal static IOperationHandler<object?, object?> WrapAsGenericHandler(object handler, Type handlerType) =>
        handler as IOperationHandler<object?, object?>
        ?? (IOperationHandler<object?, object?>)Activator.CreateInstance(
            typeof(Untyped<,>).MakeGenericType(handlerType.GetGenericArguments()), handler)!;

    private sealed class SyncHandler<TInput, TResult>(Func<OperationStartContext, TInput, Task<TResult>> func)
        : IOperationHandler<TInput, TResult>
    {
        public async Task<OperationStartResult<TResult>> StartAsync(OperationStartContext context, TInput input) =>
            OperationStartResult.SyncResult(await func(context, input).ConfigureAwait(false));

        public Task CancelAsync(OperationCancelContext context) =>
            throw new HandlerException(HandlerErrorType.NotImplemented, "An operation that is done when it answers cannot be canceled");
    }

    private sealed class Untyped<TInput, TResult>(IOperationHandler<TInput, TResult> handler) : IOperationHandler<object?, object?>
    {
        public async Task<OperationStartResult<object?>> StartAsync(OperationStartContext context, object? input)
        {
            var result = await handler.StartAsync(context, (TInput)input!).ConfigureAwait(false);
            return new(result.SyncResultValue, result.AsyncOperationToken);
        }

        public async Task<object?> FetchResultAsync(OperationFetchResultContext context) =>
            await handler.FetchResultAsync(context).ConfigureAwait(false);

        public Task<OperationInfo> FetchInfoAsync(OperationFetchInfoContext context) => handler.FetchInfoAsync(context);

        public Task CancelAsync(OperationCancelContext context) => handler.CancelAsync(context);
    }
}
