using Temporalio.Client.Schedules;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.ListSchedulesAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Options">Options of the caller.</param>
public record ListSchedulesInput(
    ScheduleListOptions? Options);
