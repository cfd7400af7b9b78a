namespace Temporalio.Client;

/// <summary>Waits for one update of a known result.</summary>
/// <typeparam name="TResult">Result of the update.</typeparam>
/// <param name="Client">Client to call with.</param>
/// <param name="Id">Id of the update.</param>
/// <param name="WorkflowId">Workflow id.</param>
/// <param name="WorkflowRunId">Run id, or null for the current run.</param>
public record WorkflowUpdateHandle<TResult>(
    ITemporalClient Client,
    string Id,
    string WorkflowId,
    string? WorkflowRunId = null)
    : WorkflowUpdateHandle(Client, Id, WorkflowId, WorkflowRunId)
{
    /// <inheritdoc cref="WorkflowUpdateHandle.GetResultAsync{TResult}"/>
    public new Task<TResult> GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<TResult>(rpcOptions);
}
