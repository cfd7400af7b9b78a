using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>
/// Input of <see cref="WorkflowInboundInterceptor.HandleQuery"/>.
/// </summary>
/// <param name="Id">Query id.</param>
/// <param name="Query">Query name.</param>
/// <param name="Definition">Handler.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Headers">Headers received, decoded by the codec.</param>
/// <remarks>Parameters may be added: make copies with <c>with</c>, do not call the constructor.</remarks>
public record HandleQueryInput(
    string Id,
    string Query,
    WorkflowQueryDefinition Definition,
    object?[] Args,
    IReadOnlyDictionary<string, Payload>? Headers);
