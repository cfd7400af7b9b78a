using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.SignalWorkflowAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run id, or null for the current run.</param>
/// <param name="Signal">Name of the signal.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">Options of the caller.</param>
/// <param name="Headers">Headers, which the client's codec encodes.</param>
public record SignalWorkflowInput(
    string Id,
    string? RunId,
    string Signal,
    IReadOnlyCollection<object?> Args,
    WorkflowSignalOptions? Options,
    IDictionary<string, Payload>? Headers);
