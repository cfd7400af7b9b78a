using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>Waits for one update.</summary>
/// <param name="Client">Client to call with.</param>
/// <param name="Id">Id of the update.</param>
/// <param name="WorkflowId">Workflow id.</param>
/// <param name="WorkflowRunId">Run id, or null for the current run.</param>
public record WorkflowUpdateHandle(
    ITemporalClient Client,
    string Id,
    string WorkflowId,
    string? WorkflowRunId = null)
{
    /// <summary>Outcome, once known. Several waiters may set it; it is the same for all.</summary>
    internal Outcome? KnownOutcome { get; set; }

    /// <summary>Waits until the update is completed.</summary>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>Task that ends when it is completed.</returns>
    /// <exception cref="WorkflowUpdateFailedException">It was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public Task GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<ValueTuple>(rpcOptions);

    /// <summary>Waits for the result of the update.</summary>
    /// <typeparam name="TResult">Type of the result, or <see cref="ValueTuple"/> to leave it unread.</typeparam>
    /// <param name="rpcOptions">Call options.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowUpdateFailedException">It was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The call was cut short.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public virtual async Task<TResult> GetResultAsync<TResult>(RpcOptions? rpcOptions = null)
    {
        await PollUntilOutcomeAsync(rpcOptions).ConfigureAwait(false);
        var outcome = KnownOutcome!;
        var dataConverter = Client.Options.DataConverter.WithSerializationContext(
            new ISerializationContext.Workflow(Client.Options.Namespace, WorkflowId));
        if (outcome.Failure is { } failure)
        {
            // Cloned because conversion may change it and the outcome may be read again.
            throw new WorkflowUpdateFailedException(
                await dataConverter.ToExceptionAsync(failure.Clone()).ConfigureAwait(false));
        }
        if (typeof(TResult) == typeof(ValueTuple))
        {
            return default!;
        }
        return outcome.Success is { } success
            ? await dataConverter.ToSingleValueAsync<TResult>(success.Payloads_).ConfigureAwait(false)
            : throw new InvalidOperationException($"Unrecognized outcome case: {outcome.ValueCase}");
    }

    /// <summary>Waits until <see cref="KnownOutcome"/> is set.</summary>
    internal async Task PollUntilOutcomeAsync(RpcOptions? rpcOptions = null)
    {
        if (KnownOutcome is not null)
        {
            return;
        }
        var request = new PollWorkflowExecutionUpdateRequest
        {
            Namespace = Client.Options.Namespace,
            UpdateRef = new()
            {
                WorkflowExecution = new() { WorkflowId = WorkflowId, RunId = WorkflowRunId ?? string.Empty },
                UpdateId = Id,
            },
            Identity = Client.Connection.Options.Identity,
            WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
        };
        var options = TemporalClient.DefaultRetryOptions(rpcOptions);
        // The server answers without an outcome when its own long poll ends; only the caller's options end the waiting.
        while (KnownOutcome is null)
        {
            try
            {
                var response = await Client.Connection.WorkflowService
                    .PollWorkflowExecutionUpdateAsync(request, options).ConfigureAwait(false);
                KnownOutcome ??= response.Outcome;
            }
            catch (Exception e) when (ClientCalls.IsTimeoutOrCancellation(e))
            {
                throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
            }
        }
    }
}
