using Temporalio.Api.Enums.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.FetchWorkflowHistoryEventPageAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run id, or null for the current run.</param>
/// <param name="PageSize">Most events of a page, or null or 0 for what the server prefers.</param>
/// <param name="NextPageToken">Where to go on, or null for the start.</param>
/// <param name="WaitNewEvent">Whether to wait until there is an event.</param>
/// <param name="EventFilterType">Which events to return.</param>
/// <param name="SkipArchival">Whether to leave archived histories alone.</param>
/// <param name="Rpc">Options of the call itself.</param>
public record FetchWorkflowHistoryEventPageInput(
    string Id,
    string? RunId,
    int? PageSize,
    byte[]? NextPageToken,
    bool WaitNewEvent,
    HistoryEventFilterType EventFilterType,
    bool SkipArchival,
    RpcOptions? Rpc);
