using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.StartWorkflowAsync{TWorkflow, TResult}"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Workflow">Type name of the workflow.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">How it is started.</param>
/// <param name="Headers">Headers, which the client's codec encodes.</param>
public record StartWorkflowInput(
    string Workflow,
    IReadOnlyCollection<object?> Args,
    WorkflowOptions Options,
    IDictionary<string, Payload>? Headers);
