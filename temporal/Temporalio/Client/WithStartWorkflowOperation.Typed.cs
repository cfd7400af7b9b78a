namespace Temporalio.Client;

/// <summary>How an update starts its workflow if need be, with the handle that this gives.</summary>
/// <typeparam name="THandle">Kind of handle.</typeparam>
public sealed class WithStartWorkflowOperation<THandle> : WithStartWorkflowOperation
    where THandle : WorkflowHandle
{
    private readonly TaskCompletionSource<THandle> handle;
    private readonly Func<ITemporalClient, string, string, THandle> createHandle;

    /// <summary>Creates an operation.</summary>
    /// <param name="workflow">Type name of the workflow.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How to start it.</param>
    /// <param name="createHandle">Makes the handle of client, workflow id and run id.</param>
    internal WithStartWorkflowOperation(
        string workflow,
        IReadOnlyCollection<object?> args,
        WorkflowOptions options,
        Func<ITemporalClient, string, string, THandle> createHandle)
        : this(workflow, args, options, createHandle, new(TaskCreationOptions.RunContinuationsAsynchronously))
    {
    }

    private WithStartWorkflowOperation(
        string workflow,
        IReadOnlyCollection<object?> args,
        WorkflowOptions options,
        Func<ITemporalClient, string, string, THandle> createHandle,
        TaskCompletionSource<THandle> handle)
        : base(workflow, args, options)
    {
        this.createHandle = createHandle;
        this.handle = handle;
    }

    /// <inheritdoc />
    internal override bool IsCompleted => handle.Task.IsCompleted;

    /// <summary>Waits for the workflow to be started or found running.</summary>
    /// <returns>Its handle.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is in use.</exception>
    /// <exception cref="Exceptions.RpcException">The server refused.</exception>
    public Task<THandle> GetHandleAsync() => handle.Task;

    /// <inheritdoc />
    public override object Clone() => new WithStartWorkflowOperation<THandle>(
        Workflow, Args, (WorkflowOptions)Options.Clone(), createHandle, handle)
    {
        Headers = Headers,
    };

    /// <inheritdoc />
    internal override void SetStarted(ITemporalClient client, string workflowId, string runId) =>
        handle.TrySetResult(createHandle(client, workflowId, runId));

    /// <inheritdoc />
    internal override void SetException(Exception exception)
    {
        handle.TrySetException(exception);
        // Whoever made the call sees the exception; a handle nobody asks for must not raise it again as unobserved.
        _ = handle.Task.Exception;
    }
}
