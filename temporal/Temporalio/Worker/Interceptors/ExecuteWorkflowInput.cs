using System.Reflection;

namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Input of <see cref="WorkflowInboundInterceptor.ExecuteWorkflowAsync"/>.
/// </summary>
/// <param name="Instance">Workflow object.</param>
/// <param name="RunMethod">Run method.</param>
/// <param name="Args">Arguments.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record ExecuteWorkflowInput(object Instance, MethodInfo RunMethod, object?[] Args);
