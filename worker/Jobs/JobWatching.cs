using Settlement.Database;
using Settlement.Worker.Logging;
using Settlement.Worker.Relays;

namespace Settlement.Worker.Jobs;

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
