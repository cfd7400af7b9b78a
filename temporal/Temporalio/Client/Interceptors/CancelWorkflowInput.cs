namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.CancelWorkflowAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run id, or null for the current run.</param>
/// <param name="FirstExecutionRunId">First run that the current one must come from, or null.</param>
/// <param name="Options">Options of the caller.</param>
public record CancelWorkflowInput(
    string Id,
    string? RunId,
    string? FirstExecutionRunId,
    WorkflowCancelOptions? Options);
