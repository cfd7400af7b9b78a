using Microsoft.Extensions.Options;
using Settlement.Activities.Jobs;
using Settlement.Database;
using Settlement.Worker.Logging;
using Settlement.Worker.Relays;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Settlement.Worker.Jobs;

/// <summary>
/// Keeps the schedules of all jobs as the settings say: creates what is missing, changes what differs, leaves an operator's pause alone.
/// Every worker does so at its start and every minute; a schedule that somebody deleted is back by then, and while one is paused nobody
/// counts its slots as missed.
/// </summary>
internal sealed class JobSchedules(ITemporalClient temporal, JobLedger ledger, TimeProvider clock, IOptions<JobOptions> options, ILogger<JobSchedules> log)
    : RelayLoop("job schedules", TimeSpan.FromMinutes(1), log)
{
    private const string OffNote = "paused by the worker: CRON_ENABLED is false";
    private readonly ILogger<JobSchedules> log = log;

    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        foreach (var plan in JobPlan.Of(settings))
        {
            // First the schedule, then the duty: a slot is missed only if there was something to run it.
            var isKept = settings.Enabled ? await KeepAsync(plan, cancellationToken) : await StopAsync(plan, cancellationToken);
            await ledger.ExpectAsync(plan.Job, plan.Every, TimeSpan.FromSeconds(settings.GraceSeconds), isKept, clock.GetUtcNow(), cancellationToken);
        }

        return false;
    }

    /// <returns>Whether it acts, that is, is not paused by an operator.</returns>
    private async Task<bool> KeepAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        try
        {
            await temporal.CreateScheduleAsync(plan.ScheduleId, plan.Schedule(), new ScheduleOptions { Rpc = rpc });
            log.ScheduleCreated(plan.ScheduleId, plan.Every);
            return true;
        }
        catch (ScheduleAlreadyRunningException)
        {
            var handle = temporal.GetScheduleHandle(plan.ScheduleId);
            var there = (await handle.DescribeAsync(rpc)).Schedule;
            var isOurPause = there.State is { Paused: true, Note: OffNote };
            if (!plan.IsSame(there))
            {
                await handle.UpdateAsync(input => new ScheduleUpdate(plan.Schedule() with { State = input.Description.Schedule.State }), rpc);
                log.ScheduleChanged(plan.ScheduleId, plan.Every);
            }

            if (isOurPause)
                await handle.UnpauseAsync("CRON_ENABLED is true again", rpc);
            return !there.State.Paused || isOurPause;
        }
    }

    private async Task<bool> StopAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        try
        {
            var handle = temporal.GetScheduleHandle(plan.ScheduleId);
            if (!(await handle.DescribeAsync(rpc)).Schedule.State.Paused)
                await handle.PauseAsync(OffNote, rpc);
        }
        catch (RpcException missing) when (missing.Code == RpcException.StatusCode.NotFound)
        {
            log.ScheduleAbsent(plan.ScheduleId);
        }

        return false;
    }
}

/// <summary>
/// Looks every minute for slots that nobody ran. It asks the books and the clock only, so it also speaks when Temporal, or its schedules,
/// are what is away.
/// </summary>
internal sealed class JobWatching(JobLedger ledger, TimeProvider clock, ILogger<JobWatching> log) : RelayLoop("job watch", TimeSpan.FromMinutes(1), log)
{
    private readonly ILogger<JobWatching> log = log;

    protected override async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        foreach (var slot in await ledger.RecordMissedAsync(clock.GetUtcNow(), cancellationToken))
            log.SlotMissed(slot.Job, slot.Slot);
        return false;
    }
}
