namespace Temporalio.Client.Interceptors;

public abstract partial class ClientOutboundInterceptor
{
    /// <summary>Starts a workflow, with a signal if the options have one.</summary>
    /// <typeparam name="TWorkflow">Workflow class, or <see cref="ValueTuple"/> if unknown.</typeparam>
    /// <typeparam name="TResult">Its result, or <see cref="ValueTuple"/> if unknown.</typeparam>
    /// <param name="input">What is called.</param>
    /// <returns>Handle of the workflow.</returns>
    public virtual Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        StartWorkflowInput input) => Next.StartWorkflowAsync<TWorkflow, TResult>(input);

    /// <summary>Starts an update and, if need be, its workflow.</summary>
    /// <typeparam name="TUpdateResult">Result of the update, or <see cref="ValueTuple"/> if unknown.</typeparam>
    /// <param name="input">What is called.</param>
    /// <returns>Handle of the update.</returns>
    public virtual Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input) => Next.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input);

    /// <summary>Signals a workflow.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has the signal.</returns>
    public virtual Task SignalWorkflowAsync(SignalWorkflowInput input) => Next.SignalWorkflowAsync(input);

    /// <summary>Queries a workflow.</summary>
    /// <typeparam name="TResult">Result of the query.</typeparam>
    /// <param name="input">What is called.</param>
    /// <returns>The result.</returns>
    public virtual Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input) =>
        Next.QueryWorkflowAsync<TResult>(input);

    /// <summary>Starts an update.</summary>
    /// <typeparam name="TResult">Result of the update, or <see cref="ValueTuple"/> if unknown.</typeparam>
    /// <param name="input">What is called.</param>
    /// <returns>Handle of the update.</returns>
    public virtual Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(
        StartWorkflowUpdateInput input) => Next.StartWorkflowUpdateAsync<TResult>(input);

    /// <summary>Describes a workflow.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The description.</returns>
    public virtual Task<WorkflowExecutionDescription> DescribeWorkflowAsync(DescribeWorkflowInput input) =>
        Next.DescribeWorkflowAsync(input);

    /// <summary>Asks a workflow to cancel itself.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when the server has the request.</returns>
    public virtual Task CancelWorkflowAsync(CancelWorkflowInput input) => Next.CancelWorkflowAsync(input);

    /// <summary>Terminates a workflow.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>Task that ends when it is terminated.</returns>
    public virtual Task TerminateWorkflowAsync(TerminateWorkflowInput input) => Next.TerminateWorkflowAsync(input);

    /// <summary>Fetches a part of a history.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The part, never one without events but with a token.</returns>
    public virtual Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(
        FetchWorkflowHistoryEventPageInput input) => Next.FetchWorkflowHistoryEventPageAsync(input);

    /// <summary>Lists workflows; each page goes through <see cref="ListWorkflowsPaginatedAsync"/> too.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The workflows.</returns>
    public virtual IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(ListWorkflowsInput input) =>
        Next.ListWorkflowsAsync(input);

    /// <summary>Counts workflows.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The count.</returns>
    public virtual Task<WorkflowExecutionCount> CountWorkflowsAsync(CountWorkflowsInput input) =>
        Next.CountWorkflowsAsync(input);

    /// <summary>Fetches a page of a list.</summary>
    /// <param name="input">What is called.</param>
    /// <returns>The page.</returns>
    public virtual Task<WorkflowListPage> ListWorkflowsPaginatedAsync(ListWorkflowsPaginatedInput input) =>
        Next.ListWorkflowsPaginatedAsync(input);
}
