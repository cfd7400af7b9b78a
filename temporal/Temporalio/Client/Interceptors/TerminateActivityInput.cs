namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.TerminateActivityAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Activity id.</param>
/// <param name="RunId">Run id, or null for the latest.</param>
/// <param name="Options">Options of the caller.</param>
public record TerminateActivityInput(string Id, string? RunId, ActivityTerminateOptions? Options);
