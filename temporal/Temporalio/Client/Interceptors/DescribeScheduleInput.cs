namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.DescribeScheduleAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Schedule id.</param>
/// <param name="RpcOptions">Options of the call itself.</param>
public record DescribeScheduleInput(
    string Id,
    RpcOptions? RpcOptions);
