using NexusRpc.Handlers;

namespace Temporalio.Nexus;

/// <summary>Makes handlers of operations that are workflows.</summary>
public static class WorkflowRunOperationHandler
{
    /// <summary>A handler without argument and result.</summary>
    /// <param name="handleFactory">Starts the workflow.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<NoValue, NoValue> FromHandleFactory(
        Func<WorkflowRunOperationContext, Task<NexusWorkflowRunHandle>> handleFactory) =>
        new Handler<NoValue, NoValue>((context, _) => handleFactory(context));

    /// <summary>A handler without result.</summary>
    /// <typeparam name="TInput">Argument type.</typeparam>
    /// <param name="handleFactory">Starts the workflow.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<TInput, NoValue> FromHandleFactory<TInput>(
        Func<WorkflowRunOperationContext, TInput, Task<NexusWorkflowRunHandle>> handleFactory) =>
        new Handler<TInput, NoValue>(handleFactory);

    /// <summary>A handler without argument.</summary>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="handleFactory">Starts the workflow.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<NoValue, TResult> FromHandleFactory<TResult>(
        Func<WorkflowRunOperationContext, Task<NexusWorkflowRunHandle<TResult>>> handleFactory) =>
        new Handler<NoValue, TResult>(async (context, _) => await handleFactory(context).ConfigureAwait(false));

    /// <summary>A handler with argument and result.</summary>
    /// <typeparam name="TInput">Argument type.</typeparam>
    /// <typeparam name="TResult">Result type.</typeparam>
    /// <param name="handleFactory">Starts the workflow.</param>
    /// <returns>The handler.</returns>
    public static IOperationHandler<TInput, TResult> FromHandleFactory<TInput, TResult>(
        Func<WorkflowRunOperationContext, TInput, Task<NexusWorkflowRunHandle<TResult>>> handleFactory) =>
        new Handler<TInput, TResult>(async (context, input) => await handleFactory(context, input).ConfigureAwait(false));

    private sealed class Handler<TInput, TResult>(
        Func<WorkflowRunOperationContext, TInput, Task<NexusWorkflowRunHandle>> handleFactory) : IOperationHandler<TInput, TResult>
    {
        public async Task<OperationStartResult<TResult>> StartAsync(OperationStartContext context, TInput input)
        {
            var handle = await handleFactory(new(context), input).ConfigureAwait(false);
            return OperationStartResult.AsyncResult<TResult>(handle.ToToken());
        }

        public Task CancelAsync(OperationCancelContext context)
        {
            NexusWorkflowRunHandle handle;
            try
            {
                handle = NexusWorkflowRunHandle.FromToken(context.OperationToken);
            }
            catch (ArgumentException e)
            {
                throw new HandlerException(HandlerErrorType.BadRequest, e.Message, e);
            }
            var client = NexusOperationExecutionContext.Current.TemporalClient;
            // A token of another namespace would let a caller cancel what is not behind this operation.
            return handle.Namespace == client.Options.Namespace
                ? client.GetWorkflowHandle(handle.WorkflowId).CancelAsync()
                : throw new HandlerException(
                    HandlerErrorType.BadRequest, $"Invalid namespace in token: {handle.Namespace}");
        }
    }
}
