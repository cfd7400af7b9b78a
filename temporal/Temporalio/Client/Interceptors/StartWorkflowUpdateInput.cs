using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.StartWorkflowUpdateAsync{TResult}"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run id, or null for the current run.</param>
/// <param name="FirstExecutionRunId">First run that the current one must come from, or null.</param>
/// <param name="Update">Name of the update.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">Options of the caller.</param>
/// <param name="Headers">Headers, which the client's codec encodes.</param>
public record StartWorkflowUpdateInput(
    string Id,
    string? RunId,
    string? FirstExecutionRunId,
    string Update,
    IReadOnlyCollection<object?> Args,
    WorkflowUpdateStartOptions Options,
    IDictionary<string, Payload>? Headers);
