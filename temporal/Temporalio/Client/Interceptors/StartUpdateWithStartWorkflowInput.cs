using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.StartUpdateWithStartWorkflowAsync{TUpdateResult}"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Update">Name of the update.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">How it is sent and how its workflow is started.</param>
/// <param name="Headers">Headers of the update, which the client's codec encodes.</param>
public record StartUpdateWithStartWorkflowInput(
    string Update,
    IReadOnlyCollection<object?> Args,
    WorkflowStartUpdateWithStartOptions Options,
    IDictionary<string, Payload>? Headers);
