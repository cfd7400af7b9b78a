namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.PauseScheduleAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Schedule id.</param>
/// <param name="Note">Note to keep with the state, or null.</param>
/// <param name="RpcOptions">Options of the call itself.</param>
public record PauseScheduleInput(
    string Id,
    string? Note,
    RpcOptions? RpcOptions);
