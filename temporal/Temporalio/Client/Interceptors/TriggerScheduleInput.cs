using Temporalio.Client.Schedules;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.TriggerScheduleAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Schedule id.</param>
/// <param name="Options">Options of the caller.</param>
public record TriggerScheduleInput(
    string Id,
    ScheduleTriggerOptions? Options);
