namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Input of <see cref="WorkflowOutboundInterceptor.CancelExternalWorkflowAsync"/>.
/// </summary>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run id, if any.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record CancelExternalWorkflowInput(string Id, string? RunId);
