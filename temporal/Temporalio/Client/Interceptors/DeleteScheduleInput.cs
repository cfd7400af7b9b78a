namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.DeleteScheduleAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Schedule id.</param>
/// <param name="RpcOptions">Options of the call itself.</param>
public record DeleteScheduleInput(
    string Id,
    RpcOptions? RpcOptions);
