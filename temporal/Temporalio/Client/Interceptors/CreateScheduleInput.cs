using Temporalio.Client.Schedules;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.CreateScheduleAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Schedule id.</param>
/// <param name="Schedule">What to do when.</param>
/// <param name="Options">Options of the caller.</param>
public record CreateScheduleInput(
    string Id,
    Schedule Schedule,
    ScheduleOptions? Options);
