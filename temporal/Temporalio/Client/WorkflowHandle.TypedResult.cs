namespace Temporalio.Client;

/// <summary>Talks to one workflow of a known class and result.</summary>
/// <typeparam name="TWorkflow">Workflow class.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
/// <param name="Client">Client to call with.</param>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run that signals, queries and updates must reach, or null for the current one.</param>
/// <param name="ResultRunId">Run whose result is waited for first.</param>
/// <param name="FirstExecutionRunId">First run that a cancellation or termination must be about.</param>
public record WorkflowHandle<TWorkflow, TResult>(
    ITemporalClient Client,
    string Id,
    string? RunId = null,
    string? ResultRunId = null,
    string? FirstExecutionRunId = null)
    : WorkflowHandle<TWorkflow>(Client, Id, RunId, ResultRunId, FirstExecutionRunId)
{
    /// <inheritdoc cref="WorkflowHandle.GetResultAsync{TResult}"/>
    public new Task<TResult> GetResultAsync(bool followRuns = true, RpcOptions? rpcOptions = null) =>
        GetResultAsync<TResult>(followRuns, rpcOptions);
}
