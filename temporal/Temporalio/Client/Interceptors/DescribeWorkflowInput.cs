namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.DescribeWorkflowAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run id, or null for the current run.</param>
/// <param name="Options">Options of the caller.</param>
public record DescribeWorkflowInput(
    string Id,
    string? RunId,
    WorkflowDescribeOptions? Options);
