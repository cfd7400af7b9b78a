using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.QueryWorkflowAsync{TResult}"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run id, or null for the current run.</param>
/// <param name="Query">Name of the query.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">Options of the caller.</param>
/// <param name="Headers">Headers, which the client's codec encodes.</param>
public record QueryWorkflowInput(
    string Id,
    string? RunId,
    string Query,
    IReadOnlyCollection<object?> Args,
    WorkflowQueryOptions? Options,
    IDictionary<string, Payload>? Headers);
