using Temporalio.Client.Schedules;

namespace Temporalio.Client.Interceptors;

/// <summary>
/// Input of <see cref="ClientOutboundInterceptor.BackfillScheduleAsync"/>. Parameters may be added: change it by
/// <c>with</c>, do not construct it.
/// </summary>
/// <param name="Id">Schedule id.</param>
/// <param name="Backfills">Periods to go through.</param>
/// <param name="RpcOptions">Options of the call itself.</param>
public record BackfillScheduleInput(
    string Id,
    IReadOnlyCollection<ScheduleBackfill> Backfills,
    RpcOptions? RpcOptions);
