using Temporalio.Client.Schedules;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.UpdateScheduleAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Schedule id.</param>
/// <param name="Updater">Makes the new schedule of the current one, or null to leave it.</param>
/// <param name="RpcOptions">Options of the call itself.</param>
public record UpdateScheduleInput(
    string Id,
    Func<ScheduleUpdateInput, Task<ScheduleUpdate?>> Updater,
    RpcOptions? RpcOptions);
